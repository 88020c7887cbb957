/// The names that a bank gives the columns of its statements, beside the names that payout knows.
package struct ColumnNames: Hashable, Sendable, Codable {
    /// The columns by the letters of their names.
    private var columns: [String: StatementColumn] = [:]

    package init() {}

    /// Reads names as a person types them: `debit=Расход`.
    package init(_ texts: [String]) throws(Invalid) {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let column = StatementColumn(rawValue: parts[0]) else { throw Invalid(text: text) }
            let letters = LabelText(parts[1].utf8).letters
            guard !letters.isEmpty else { throw Invalid(text: text) }
            columns[letters] = column
        }
    }

    /// A text that names no column.
    package struct Invalid: Error, Hashable {
        package let text: String
    }

    package var isEmpty: Bool { columns.isEmpty }

    /// Returns these names and newer ones.
    package func adding(_ newer: ColumnNames) -> ColumnNames {
        var all = self
        all.columns.merge(newer.columns) { $1 }
        return all
    }

    subscript(letters: String) -> StatementColumn? { columns[letters] }
}
