import Foundation
package import Payouts

/// Writes a report on one batch in one language.
///
///     try Report(language: .ru, catalogue: catalogue, stamp: stamp)
///         .write(.xlsx, of: statement, rows: rows, to: "output/payroll.xlsx")
package struct Report: Sendable {
    let words: Words
    package let language: Language
    let catalogue: any ReasonCatalogue
    let stamp: ReportStamp

    package init(language: Language, catalogue: any ReasonCatalogue, stamp: ReportStamp) {
        words = Words.of(language)
        self.language = language
        self.catalogue = catalogue
        self.stamp = stamp
    }

    /// Writes the report.
    /// - Parameters:
    ///   - history: the events of the whole batch and people's actions on single rows, from first to last.
    ///   - rows: calls back with each row, in the file's order.
    ///   - attempts: calls back with each attempt at the rows that were tried more than once.
    package func write(
        _ format: ReportFormat, of statement: BatchStatement, history: [RecordedEvent],
        rows: ((StatementRow) throws -> Void) throws -> Void, attempts: ((StatementRow) throws -> Void) throws -> Void,
        to path: String
    ) throws(ReportError) {
        try ReportFile(path: path).replace { temporary in
            switch format {
            case .xlsx:
                try XLSXReport(self).write(statement, history: history, rows: rows, attempts: attempts, to: temporary)
            case .csv: try CSVReport(self).write(statement, rows: rows, to: temporary)
            case .json:
                try JSONReport(self).write(statement, history: history, rows: rows, attempts: attempts, to: temporary)
            }
        }
    }

    /// Checks that a path from a person does not lead to a file other than an earlier report.
    package static func demandReplaceable(_ path: String) throws(ReportError) {
        try KnownReport.demandReplaceable(path)
    }

    /// Checks that reports can be written to a folder. Call this before any money moves.
    package static func prepare(folder: String) throws(ReportError) {
        try ReportFile.makeFolder(folder)
    }

    /// Returns the name of the bank in the reader's language. For a sandbox the text says that no money was moved.
    package func name(ofBank recorded: String?) -> String { words.nameOfBank(recorded) }

    /// Returns the name of a state in the reader's language.
    package func name(of state: PayoutState) -> String { words.state(state) }

    /// Returns the meaning of a reason in the reader's language. An employee's note follows it. If the bank's catalogue
    /// has no text, the bank's own text follows.
    package func text(of reason: Reason) -> String {
        if let text = catalogue.text(of: reason.code, in: language) { return text }
        let text = words.reasons[reason.code.rawValue] ?? reason.code.rawValue
        if let bankWords = reason.bankWords {
            return "\(text). \(words.bankSaid) \(words.quoted(bankWords))"
        }
        guard let detail = reason.bankText, !detail.isEmpty else { return text }
        return switch reason.code {
        case .decidedByPerson, .withdrawnByPerson: "\(text) (\(detail))"
        // The detail is the code of the reason that occurred too often.
        case .tooManyUnknown, .tooManyRefused: "\(text): \(self.text(of: Reason(ReasonCode(rawValue: detail))))"
        default: text
        }
    }

    /// Returns what a person should do about a row.
    func advice(on row: StatementRow) -> String? {
        advice(for: row.reason, of: row.state) ?? words.advice(row.state)
    }

    /// Returns the advice that is specific to the reason, if there is any.
    package func advice(for reason: Reason?, of state: PayoutState) -> String? {
        guard let reason, state == .refused || reason.code == .reversedAtBank else { return nil }
        return words.reasonAdvice[reason.code.rawValue]
            ?? (state == .refused ? catalogue.advice(onRefusal: reason.code, in: language) : nil)
    }
}

extension Reason {
    /// The bank's own text. `nil` if the detail is payout's own, which is English and for the administrator.
    package var bankWords: String? {
        guard let bankText, !bankText.isEmpty else { return nil }
        return switch code {
        case .bankUnreachable, .connectionLost, .redirected, .answerNotTrusted, .tooManyUnknown, .tooManyRefused,
            .decidedByPerson, .withdrawnByPerson, .stoppedByPerson:
            nil
        default: bankText
        }
    }
}
