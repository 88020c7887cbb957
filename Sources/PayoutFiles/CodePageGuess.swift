import Foundation

/// Tells the code pages of Cyrillic apart: under the right one, a text has the letters, words and signs that people write.
struct CodePageGuess {
    let encoding: FileEncoding

    /// - Parameter bytes: some text with at least one byte above 0x7F, and perhaps the byte before it.
    init(_ bytes: some Collection<UInt8>) {
        let scores = CodePage.all.map { page in (page.encoding, Self.score(of: bytes, in: page)) }
        // Most files have Windows-1251. Another page must be clearly better.
        var best = (encoding: FileEncoding.windows1251, score: -Double.infinity)
        for (encoding, score) in scores {
            let score = encoding == .windows1251 ? score + 2 : score
            if score > best.score { best = (encoding, score) }
        }
        encoding = best.encoding
    }

    private enum Kind {
        case small, capital, latin, digit, other
    }

    private static func score(of bytes: some Collection<UInt8>, in page: CodePage) -> Double {
        var score = 0.0
        var before = (kind: Kind.other, isNoBreakSpace: false)
        for byte in bytes {
            let scalar = byte < 0x80 ? Unicode.Scalar(byte) : page.signs[Int(byte) - 0x80]
            let kind = kind(of: scalar)
            if byte >= 0x80 { score += likelihood(of: scalar) }
            score += neighbours(before.kind, kind)
            if before.isNoBreakSpace, kind == .digit { score += 2 }
            before = (kind, scalar == "\u{A0}")
        }
        return score
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "а"..."я", "ё", "ў": .small
        case "А"..."Я", "Ё", "Ў": .capital
        case "a"..."z", "A"..."Z": .latin
        case "0"..."9": .digit
        default: .other
        }
    }

    /// How usual it is that one follows the other.
    private static func neighbours(_ first: Kind, _ second: Kind) -> Double {
        switch (first, second) {
        case (.small, .capital): -4
        case (.small, .latin), (.small, .digit), (.capital, .latin), (.capital, .digit): -3
        case (.latin, .small), (.digit, .small), (.latin, .capital), (.digit, .capital): -3
        case (.other, .small): -1
        default: 0
        }
    }

    /// Returns the logarithm of the frequency of a sign.
    private static func likelihood(of scalar: Unicode.Scalar) -> Double {
        let letter = scalar.properties.lowercaseMapping
        if let place = letters.firstIndex(of: letter) { return log(shares[place]) }
        return switch scalar {
        case "\u{A0}", "№", "«", "»", "–", "—", "’", "‘", "“", "”", "„", "…": -4
        case "\u{FFFD}": -12
        default: -8
        }
    }

    private static let letters = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёўъ".map(String.init)
    /// The frequency of each letter in Russian texts, in thousandths. It is nearly the same in names.
    private static let shares: [Double] = [
        110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4,
        3, 3,
        3, 5, 1,
    ].map { $0 / 1000 }
}
