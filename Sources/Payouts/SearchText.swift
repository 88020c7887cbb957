/// A text as a search compares it. Names in Cyrillic and Latin letters, with any apostrophe, with `ё` or `е`, and with Uzbek
/// letters or their Russian neighbours are one: `Каримов` and `Karimov`, `Қодиров`, `Кодиров` and `Qodirov`.
package struct SearchText: Hashable, Sendable {
    package let folded: String
    /// Its small letters, for signs that are no letters.
    private let plain: String

    package init(_ text: String) {
        plain = text.lowercased()
        folded = Self.fold(plain)
    }

    /// Whether the text is found in another. An empty text is found everywhere.
    package func isFound(in other: String) -> Bool {
        if plain.isEmpty { return true }
        let other = other.lowercased()
        return other.contains(plain) || !folded.isEmpty && Self.fold(other).contains(folded)
    }

    private static func fold(_ text: String) -> String {
        var latin: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": latin.append(UInt8(scalar.value))
            case "а"..."я": latin += letters[Int(scalar.value) - 0x430]
            case "ё": latin += letters[5]
            case "ў": latin.append(UInt8(ascii: "o"))
            case "қ": latin.append(UInt8(ascii: "k"))
            case "ғ": latin.append(UInt8(ascii: "g"))
            case "ҳ": latin.append(UInt8(ascii: "h"))
            // Apostrophes, and the marks of a letter that is written as two characters.
            case "'", "`", "‘", "’", "ʻ", "ʼ", "´", "\u{300}"..."\u{36F}": break
            default: latin += Array(String(scalar).utf8)
            }
        }
        return String(decoding: simplified(latin), as: UTF8.self)
    }

    /// From `а` to `я`.
    private static let letters: [[UInt8]] = [
        "a", "b", "v", "g", "d", "e", "j", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h",
        "ts",
        "ch", "sh", "sh", "", "i", "", "e", "yu", "ya",
    ].map { Array($0.utf8) }

    /// The one letter for a pair of Latin letters that other spellings have as one sound.
    private static func single(_ first: UInt8, _ second: UInt8) -> UInt8? {
        switch (Unicode.Scalar(first), Unicode.Scalar(second)) {
        case ("k", "h"): UInt8(ascii: "h")
        case ("g", "h"): UInt8(ascii: "g")
        case ("z", "h"), ("d", "j"): UInt8(ascii: "j")
        case ("y", "e"), ("y", "o"): UInt8(ascii: "e")
        default: nil
        }
    }

    private static func simplified(_ latin: [UInt8]) -> [UInt8] {
        var simple: [UInt8] = []
        simple.reserveCapacity(latin.count)
        var place = 0
        while place < latin.count {
            var letter = latin[place]
            if place + 1 < latin.count, let one = single(letter, latin[place + 1]) {
                letter = one
                place += 1
            }
            switch letter {
            case UInt8(ascii: "q"): letter = UInt8(ascii: "k")
            case UInt8(ascii: "x"): letter = UInt8(ascii: "h")
            case UInt8(ascii: "w"): letter = UInt8(ascii: "v")
            case UInt8(ascii: "y"): letter = UInt8(ascii: "i")
            default: break
            }
            let isLetter = letter &- UInt8(ascii: "a") < 26
            if !isLetter || simple.last != letter { simple.append(letter) }
            place += 1
        }
        return simple
    }
}
