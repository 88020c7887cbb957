import Foundation
package import Payouts

/// A report on one batch as it stands: who reads it in which language, and what the bank's codes mean.
///
///     try Report(language: .ru, catalogue: catalogue, stamp: stamp)
///         .write(.xlsx, of: statement, rows: rows, to: "output/payroll.xlsx")
package struct Report: Sendable {
    let words: Words
    let language: Language
    let catalogue: any ReasonCatalogue
    let stamp: ReportStamp

    package init(language: Language, catalogue: any ReasonCatalogue, stamp: ReportStamp) {
        words = Words.of(language)
        self.language = language
        self.catalogue = catalogue
        self.stamp = stamp
    }

    /// - Parameters:
    ///   - rows: calls back with each row, in the file's order.
    ///   - attempts: calls back with each attempt at the rows that were tried more than once.
    package func write(
        _ format: ReportFormat, of statement: BatchStatement, rows: ((StatementRow) throws -> Void) throws -> Void,
        attempts: ((StatementRow) throws -> Void) throws -> Void, to path: String
    ) throws(ReportError) {
        try ReportFile(path: path).replace { temporary in
            switch format {
            case .xlsx: try XLSXReport(self).write(statement, rows: rows, attempts: attempts, to: temporary)
            case .csv: try CSVReport(self).write(statement, rows: rows, to: temporary)
            case .json: try JSONReport(self).write(statement, rows: rows, attempts: attempts, to: temporary)
            }
        }
    }

    /// Makes sure, before any money moves, that reports can be written to a folder.
    package static func prepare(folder: String) throws(ReportError) {
        try ReportFile.makeFolder(folder)
    }

    /// Which bank a batch was sent to, in the reader's language; that no money was moved, where it was one for practice.
    package func name(ofBank recorded: String?) -> String { words.nameOfBank(recorded) }

    /// What a reason means, in the reader's language. The bank's own words stand behind it where its catalogue has none.
    package func text(of reason: Reason) -> String {
        if let text = catalogue.text(of: reason.code, in: language) { return text }
        let text = words.reasons[reason.code.rawValue] ?? reason.code.rawValue
        guard let bankText = reason.bankText, !bankText.isEmpty else { return text }
        return "\(text) (\(bankText))"
    }

    /// What a person should do about a row.
    func advice(on row: StatementRow) -> String? {
        advice(for: row.reason, of: row.state) ?? words.advice(row.state)
    }

    /// What the reason of a state asks for in particular.
    package func advice(for reason: Reason?, of state: PayoutState) -> String? {
        guard let reason, state == .refused || reason.code == .reversedAtBank else { return nil }
        return words.reasonAdvice[reason.code.rawValue]
            ?? (state == .refused ? catalogue.advice(onRefusal: reason.code, in: language) : nil)
    }
}
