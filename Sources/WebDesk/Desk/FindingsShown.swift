import PayoutFiles
import Payouts
import Reports

/// All that is to be said of a file, by kind, each mistake once with its rows.
struct FindingsShown {
    let kind, title: String
    /// About the file as a whole.
    let ofFile: [Group]
    let table: Table?

    struct Table {
        let groups: [Group]
    }

    struct Group {
        let rows, column, value, message, advice: String
        let groupCount: String?

        var isOfFile: Bool { rows.isEmpty && column.isEmpty && value.isEmpty }
    }

    /// Errors first.
    ///
    /// - Parameter place: names the field that a finding is about.
    static func all(
        of log: FindingLog, in w: Wording, place: (Finding) -> String = { $0.columnName }
    ) -> [FindingsShown] {
        [Finding.Severity.error, .warning].compactMap { severity in
            let groups = log.groups.filter { $0.first.severity == severity }
            guard !groups.isEmpty else { return nil }
            let count = severity == .error ? log.errorCount : log.warningCount
            let shown = groups.map { group in
                Group(
                    rows: group.rowsText(stretches: 8), column: place(group.first),
                    value: (group.first.value ?? "") + (group.hasOneValue ? "" : " …"),
                    message: group.first.message(in: w.language), advice: group.first.advice(in: w.language),
                    groupCount: group.count > 1 ? Figures.number(group.count) : nil)
            }
            let inTable = shown.filter { !$0.isOfFile }
            return FindingsShown(
                kind: severity.rawValue,
                title: w(severity == .error ? "errorsTitle" : "warningsTitle", count: count),
                ofFile: shown.filter(\.isOfFile), table: inTable.isEmpty ? nil : Table(groups: inTable))
        }
    }
}
