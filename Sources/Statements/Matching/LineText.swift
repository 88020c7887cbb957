/// Finds the names in the text of a line: ids, a card, a person, a commission, a return.
struct LineText {
    /// An id-like word, with the label before it.
    struct Token {
        let key: UInt64
        let label: IDTable.Kind?
        /// Whether the word is long enough, or has a label, so that it is not a number by chance.
        let isStrong: Bool
        /// Whether it has the form of an agentTranId.
        let isOurs: Bool
    }

    // MARK: Ids

    /// Finds the words that can be ids.
    static func tokens(in text: [UInt8], _ each: (Token) -> Void) {
        var label: IDTable.Kind?
        var labelEnd = 0
        var start = 0
        while start < text.count {
            guard text[start].isTokenByte else {
                start += 1
                continue
            }
            var end = start
            var hasDigit = false
            var isPlain = true
            while end < text.count, text[end].isTokenByte {
                if text[end].isDecimalDigit { hasDigit = true }
                if text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "_") { isPlain = false }
                end += 1
            }
            if let named = Self.label(text[start..<end]) {
                label = named
                labelEnd = end
            } else if hasDigit {
                let close = start - labelEnd <= 3 ? label : nil
                hand(text[start..<end], close, each)
                if !isPlain {
                    for piece in text[start..<end].split(whereSeparator: { $0 == 45 || $0 == 95 }) {
                        hand(piece, close, each)
                    }
                }
                label = nil
            }
            start = end
        }
    }

    private static func hand(_ word: ArraySlice<UInt8>, _ label: IDTable.Kind?, _ each: (Token) -> Void) {
        guard let key = IDTable.key(of: word) else { return }
        let isNumber = key >> 63 == 0
        let isOurs = isNumber && word.count == 15 && word.first != UInt8(ascii: "0")
        each(Token(key: key, label: label, isStrong: label != nil || word.count >= 12, isOurs: isOurs))
    }

    private static func label(_ word: ArraySlice<UInt8>) -> IDTable.Kind? {
        guard (4...11).contains(word.count) else { return nil }
        let small = word.map { $0 &- 65 < 26 ? $0 | 32 : $0 }
        for (name, kind) in labels where name == small { return kind }
        return nil
    }

    private static let labels: [([UInt8], IDTable.Kind)] = [
        (Array("bmid".utf8), .bmID), (Array("bm_id".utf8), .bmID), (Array("bmlid".utf8), .bmID),
        (Array("ext_id".utf8), .extID), (Array("extid".utf8), .extID), (Array("agenttranid".utf8), .agentTranID),
    ]

    // MARK: Cards

    /// Returns the key of the first card in a text. The card may be masked (`860006******6311`), grouped, or complete.
    static func card(in text: [UInt8]) -> UInt64? {
        var symbols: [UInt8] = []
        var place = 0
        while place <= text.count {
            let byte = place < text.count ? text[place] : 0
            if byte.isDecimalDigit {
                symbols.append(byte & 15)
            } else if byte == UInt8(ascii: "*") || symbols.last != nil && byte | 32 == UInt8(ascii: "x") {
                symbols.append(10)
            } else if byte == 0xE2, place + 2 < text.count, text[place + 1] == 0x80, text[place + 2] == 0xA2 {
                symbols.append(10)
                place += 2
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-"), !symbols.isEmpty, symbols.last != 11 {
                symbols.append(11)
            } else if !symbols.isEmpty {
                if let card = card(symbols) { return card }
                symbols.removeAll(keepingCapacity: true)
            }
            place += 1
        }
        return nil
    }

    /// Finds a card.
    /// - Parameter symbols: digits, with 10 for a masked digit and 11 for a gap.
    private static func card(_ symbols: [UInt8]) -> UInt64? {
        if let mask = symbols.firstIndex(of: 10) {
            var after = symbols[mask...].filter { $0 != 11 }[...]
            let masked = after.prefix { $0 == 10 }.count
            after = after.dropFirst(masked)
            let before = symbols[..<mask].filter { $0 != 11 }.suffix(6)
            guard masked == 6, before.count == 6, after.count >= 4, after.prefix(4).allSatisfy({ $0 < 10 }) else {
                return nil
            }
            return key(first: before, last: after.prefix(4))
        }
        for group in symbols.split(separator: 11) where group.count == 16 {
            if let card = full(group) { return card }
        }
        let groups = symbols.split(separator: 11)
        guard groups.count >= 4 else { return nil }
        for start in 0...(groups.count - 4) where groups[start..<(start + 4)].allSatisfy({ $0.count == 4 }) {
            if let card = full(groups[start..<(start + 4)].flatMap(\.self)[...]) { return card }
        }
        return nil
    }

    private static func full(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0 ? key(first: digits.prefix(6), last: digits.suffix(4)) : nil
    }

    private static func key(first: ArraySlice<UInt8>, last: ArraySlice<UInt8>) -> UInt64 {
        (Array(first) + last).reduce(0) { $0 * 10 + UInt64($1) } | cardMark
    }

    private static let cardMark: UInt64 = 1 << 62

    // MARK: Words

    /// The meaning of the words of a text.
    struct Words {
        var saysCommission = false
        var saysReturn = false
        /// The keys of the words, one for each word.
        var hashes: [UInt64] = []
    }

    /// Reads the words without regard to case and apostrophes.
    static func words(in text: [UInt8], keeping hashes: Bool, into words: inout Words) {
        var hash = emptyHash
        var word: [UInt32] = []
        var place = 0
        func endWord() {
            guard !word.isEmpty else { return }
            if commissionStems.contains(where: { word.starts(with: $0) }) { words.saysCommission = true }
            if returnStems.contains(where: { word.starts(with: $0) }) { words.saysReturn = true }
            if hashes, word.count > 1 { words.hashes.append(hash.spread) }
            word.removeAll(keepingCapacity: true)
            hash = emptyHash
        }
        while place < text.count {
            let (scalar, length) = scalar(in: text, at: place)
            place += length
            switch letter(scalar) {
            case .letter(let small):
                word.append(small)
                hash = (hash ^ UInt64(small)) &* 0x100_0000_01B3
            case .mark: continue
            case .other: endWord()
            }
        }
        endWord()
    }

    private static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    private enum Letter {
        case letter(UInt32)
        /// An apostrophe, which belongs to the letter before it.
        case mark
        case other
    }

    private static func letter(_ scalar: UInt32) -> Letter {
        switch scalar {
        case 0x61...0x7A, 0x430...0x44F, 0x452...0x45F: .letter(scalar)
        case 0x41...0x5A, 0x410...0x42F: .letter(scalar + 0x20)
        case 0x401, 0x451: .letter(0x435)
        case 0x402...0x40F: .letter(scalar + 0x50)
        case 0x490...0x4FF: .letter(scalar | 1)
        case 0x27, 0x60, 0x2BB, 0x2BC, 0x2018, 0x2019: .mark
        default: .other
        }
    }

    private static func scalar(in text: [UInt8], at place: Int) -> (UInt32, Int) {
        let first = text[place]
        if first < 0x80 { return (UInt32(first), 1) }
        if first & 0xE0 == 0xC0, place + 1 < text.count {
            return (UInt32(first & 0x1F) << 6 | UInt32(text[place + 1] & 0x3F), 2)
        }
        if first & 0xF0 == 0xE0, place + 2 < text.count {
            return (
                UInt32(first & 0x0F) << 12 | UInt32(text[place + 1] & 0x3F) << 6 | UInt32(text[place + 2] & 0x3F), 3
            )
        }
        return (0, 1)
    }

    private static let commissionStems = ["комисс", "komiss", "commiss", "vositachi", "воситачи"].map(stem)
    private static let returnStems = [
        "возвр", "сторн", "отмен", "qaytar", "қайтар", "return", "revers", "refund",
    ].map(stem)

    private static func stem(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    // MARK: Names

    private static let nameMark: UInt64 = 1 << 63

    /// Returns the key of a person's name: its words in any order. `nil` for a single word.
    static func name(_ name: String) -> UInt64? {
        var words = Words()
        self.words(in: Array(name.utf8), keeping: true, into: &words)
        return words.hashes.count < 2 ? nil : key(words.hashes[...])
    }

    /// Tries each run of two to four words, the longest first.
    static func names(_ hashes: [UInt64], _ isKnown: (UInt64) -> Bool) -> UInt64? {
        for length in [4, 3, 2] where hashes.count >= length {
            for start in 0...(hashes.count - length) {
                let key = key(hashes[start..<(start + length)])
                if isKnown(key) { return key }
            }
        }
        return nil
    }

    private static func key(_ hashes: ArraySlice<UInt64>) -> UInt64 {
        (hashes.reduce(0, &+).spread | nameMark) & ~cardMark
    }
}

extension UInt8 {
    fileprivate var isTokenByte: Bool {
        isDecimalDigit || (self | 32) &- 97 < 26 || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }
}
