/// The character between two fields of a row.
package enum Delimiter: Character, Hashable, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"

    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        }
    }
}

/// The beginning of a table: its delimiter, and the length of a `sep=` line in bytes. Excel obeys such a line and does
/// not show it.
package struct TableHead {
    package let delimiter: Delimiter
    package let skippedBytes: Int

    /// The number of lines to examine. There may be a few titles above the header.
    private static let lines = 30

    /// Examines the beginning of a file.
    /// - Parameters:
    ///   - text: the beginning of the file, in UTF-8.
    ///   - isName: whether a field names a column.
    package init(_ text: [UInt8], isName: (String) -> Bool) {
        let ends = text.indices.filter { text[$0] == 10 || text[$0] == 13 }.prefix(Self.lines)
        let firstLine = String(decoding: text[..<(ends.first ?? text.endIndex)], as: UTF8.self)
        if let told = Self.told(by: firstLine) {
            delimiter = told
            let end = ends.first ?? text.endIndex
            let isPair = text[end...].starts(with: [13, 10])
            skippedBytes = min(end + (isPair ? 2 : 1), text.count)
            return
        }
        delimiter = Self.found(
            in: String(decoding: text[..<(ends.last ?? text.endIndex)], as: UTF8.self), isName)
        skippedBytes = 0
    }

    /// Returns the delimiter that a line such as `sep=;` states, as in Excel.
    private static func told(by line: String) -> Delimiter? {
        let line = line.filter { $0 != "\"" }
        guard line.lowercased().hasPrefix("sep="), let sign = line.dropFirst(4).first else { return nil }
        return Delimiter(rawValue: sign)
    }

    /// Returns the delimiter that gives some line the most known column names. If no line has any, it returns the
    /// delimiter that is most frequent in the first line.
    private static func found(in text: String, _ isName: (String) -> Bool) -> Delimiter {
        let lines = text.split { $0.isNewline }
        func score(_ delimiter: Delimiter) -> (names: Int, fields: Int) {
            let rows = lines.map { $0.split(separator: delimiter.rawValue, omittingEmptySubsequences: false) }
            let names = rows.map { fields in fields.count { isName($0.filter { $0 != "\"" }) } }
            return (names.max() ?? 0, rows.first?.count ?? 0)
        }
        var best = (delimiter: Delimiter.comma, score: score(.comma))
        for candidate in [Delimiter.semicolon, .tab] where score(candidate) > best.score {
            best = (candidate, score(candidate))
        }
        return best.delimiter
    }
}

extension Delimiter: CustomStringConvertible {
    package var description: String {
        switch self {
        case .comma: ","
        case .semicolon: ";"
        case .tab: "TAB"
        }
    }
}
