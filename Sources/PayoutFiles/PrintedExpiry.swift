/// An expiry as people and spreadsheets write it, where nothing else can be meant: `04/27`, `04.2027`, `апр.27`, `01.04.2027`.
enum PrintedExpiry {
    /// - Returns: MMYY; `nil` for any other text.
    static func mmyy(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { ".-–/ ".contains($0) }.filter { !$0.isEmpty }
            .map { $0.lowercased() }
        switch parts.count {
        case 2: return ofMonth(parts[0], year: parts[1]) ?? ofISOMonth(parts, in: text)
        // Spreadsheets turn it into the first day of a month. For any other day, nobody knows what was typed.
        case 3 where text == "01.\(parts[1]).\(parts[2])" && parts[2].utf8.count == 4:
            return ofMonth(parts[1], year: parts[2])
        case 3 where text == "\(parts[0])-\(parts[1])-01" && parts[0].utf8.count == 4:
            return ofMonth(parts[1], year: parts[0])
        default: return nil
        }
    }

    /// `2027-04`
    private static func ofISOMonth(_ parts: [String], in text: String) -> String? {
        guard text == "\(parts[0])-\(parts[1])", parts[0].utf8.count == 4 else { return nil }
        return ofMonth(parts[1], year: parts[0])
    }

    private static func ofMonth(_ month: String, year: String) -> String? {
        guard let month = number(ofMonth: month), year.utf8.allSatisfy({ (48..<58).contains($0) }),
            year.utf8.count == 2 || year.utf8.count == 4 && year.hasPrefix("20")
        else { return nil }
        return (month < 10 ? "0" : "") + "\(month)" + year.suffix(2)
    }

    private static func number(ofMonth text: String) -> Int? {
        if (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48..<58).contains($0) }) {
            return Int(text).flatMap { (1...12).contains($0) ? $0 : nil }
        }
        guard text.allSatisfy(\.isLetter) else { return nil }
        return names.first { names in names.1.contains { text.hasPrefix($0) } }?.0
    }

    /// How the names of the months begin, in Russian, Uzbek and English.
    private static let names: [(Int, [String])] = [
        (1, ["янв", "yan", "jan"]), (2, ["фев", "fev", "feb"]), (3, ["мар", "mar"]), (4, ["апр", "apr"]),
        (5, ["май", "мая", "may"]), (6, ["июн", "iyun", "июнь", "jun"]), (7, ["июл", "iyul", "jul"]),
        (8, ["авг", "avg", "aug"]), (9, ["сен", "sen", "sep"]), (10, ["окт", "okt", "oct"]),
        (11, ["ноя", "noy", "nov"]), (12, ["дек", "dek", "dec"]),
    ]
}
