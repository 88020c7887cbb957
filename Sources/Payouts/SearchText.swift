/// A text as a search compares it. Names in Cyrillic and Latin letters, with any apostrophe, with `ё` or `е`, and with Uzbek
/// letters or their Russian neighbours are one: `Каримов` and `Karimov`, `Қодиров`, `Кодиров` and `Qodirov`.
package struct SearchText: Hashable, Sendable {
    /// Its small letters, for signs that are no letters.
    private let plain: String
    private let latin: Folded
    /// The same, with every `ў` read as the `у` that people type who lack that letter.
    private let withoutShortU: Folded

    /// The text in small Latin letters. Letters that sound alike are one.
    package var folded: String { latin.text }

    /// The ways to fold the text: two if it has an `ў` or `o‘`, because people also type `у` for it.
    package var foldings: [String] { latin == withoutShortU ? [latin.text] : [latin.text, withoutShortU.text] }

    package init(_ text: String) {
        plain = text.lowercased()
        latin = Folded(plain, shortU: "o")
        withoutShortU = latin.hasShortU ? Folded(plain, shortU: "u") : latin
    }

    /// Whether the text is found in another. An empty text is found everywhere.
    package func isFound(in other: String) -> Bool {
        if plain.isEmpty { return true }
        let other = other.lowercased()
        if other.contains(plain) { return true }
        if latin.text.isEmpty { return false }
        let another = Folded(other, shortU: "o")
        if another.text.contains(latin.text) { return true }
        guard latin.hasShortU || another.hasShortU else { return false }
        return Folded(other, shortU: "u").text.contains(withoutShortU.text)
    }
}

/// A text in small Latin letters, those that sound alike being one.
private struct Folded: Hashable {
    let text: String
    /// Whether it has an `ў` or `o‘`.
    private(set) var hasShortU = false

    /// - Parameter shortU: the letter for `ў` and `o‘`.
    init(_ text: String, shortU: Unicode.Scalar) {
        let shortU = UInt8(ascii: shortU)
        var latin: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch (scalar, latin.last) {
            case ("a"..."z", _), ("0"..."9", _): latin.append(UInt8(scalar.value))
            case ("а"..."я", _): latin += Self.letters[Int(scalar.value) - 0x430]
            case ("ё", _): latin += Self.letters[5]
            case ("ў", _):
                hasShortU = true
                latin.append(shortU)
            case ("қ", _): latin.append(UInt8(ascii: "k"))
            case ("ғ", _): latin.append(UInt8(ascii: "g"))
            case ("ҳ", _): latin.append(UInt8(ascii: "h"))
            // An apostrophe makes another letter of an `o`, and a breve one of an `у`.
            case (_, UInt8(ascii: "o")) where Self.apostrophes.contains(scalar), ("\u{306}", UInt8(ascii: "u")):
                hasShortU = true
                latin[latin.count - 1] = shortU
            case ("\u{300}"..."\u{36F}", _): break
            case _ where Self.apostrophes.contains(scalar): break
            default: latin += Array(String(scalar).utf8)
            }
        }
        self.text = String(decoding: Self.simplified(latin), as: UTF8.self)
    }

    private static let apostrophes: [Unicode.Scalar] = ["'", "`", "‘", "’", "ʻ", "ʼ", "´"]

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
