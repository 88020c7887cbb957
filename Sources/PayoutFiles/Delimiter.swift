/// What stands between two fields of a row.
package enum Delimiter: Character, Hashable, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"

    /// The delimiter under which the first line that says anything shows the most of our column names; failing any,
    /// the one that it has most often.
    static func found(in text: String) -> Delimiter {
        // What comes before the line's first name says nothing, so that the line may be taken from there.
        let firstLine = text.drop { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "\"" }.prefix { !$0.isNewline }

        func score(_ delimiter: Delimiter) -> (names: Int, fields: Int) {
            let fields = firstLine.split(separator: delimiter.rawValue, omittingEmptySubsequences: false)
            let names = fields.filter { Column(header: $0.filter { $0 != "\"" }) != nil }
            return (names.count, fields.count)
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
