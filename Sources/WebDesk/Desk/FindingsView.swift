import PayoutFiles
import Payouts
import Reports

/// The findings of a file by severity. Each mistake appears once, with its rows.
struct FindingsView {
    let kind, title: String
    /// Findings about the file as a whole.
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

    /// Returns the errors, then the warnings.
    ///
    /// - Parameter place: names the field of a finding. By default it uses the file's heading.
    static func all(
        of log: FindingLog, in w: Wording, place: ((Finding) -> String)? = nil
    ) -> [FindingsView] {
        [Finding.Severity.error, .warning].compactMap { severity in
            let groups = log.groups.filter { $0.first.severity == severity }
            guard !groups.isEmpty else { return nil }
            let count = severity == .error ? log.errorCount : log.warningCount
            let shown = groups.map { group in
                Group(
                    rows: group.rowsText(stretches: 8),
                    column: place?(group.first) ?? log.columnName(of: group.first, in: w.language),
                    value: (group.first.value ?? "") + (group.hasOneValue ? "" : " …"),
                    message: group.first.message(in: w.language), advice: group.first.advice(in: w.language),
                    groupCount: group.count > 1 ? Figures.number(group.count) : nil)
            }
            let inTable = shown.filter { !$0.isOfFile }
            return FindingsView(
                kind: severity.rawValue,
                title: w(severity == .error ? "errorsTitle" : "warningsTitle", count: count),
                ofFile: shown.filter(\.isOfFile), table: inTable.isEmpty ? nil : Table(groups: inTable))
        }
    }
}
