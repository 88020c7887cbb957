import AnorBank
import Bookkeeping
import Foundation
import PaymentValues
import Payouts
import Processing
import Reports

/// Reports, with the bank's texts.
extension Services {
    /// Writes the report on a batch as it stands.
    ///
    /// - Parameter path: where to; by default the output folder, under the batch's name.
    /// - Returns: where it was written.
    func writeReport(
        on batch: BatchRecord, in ledger: Ledger, format: ReportFormat, language: Language, to path: String?
    ) throws -> String {
        let path = path ?? "\(settings.outputFolder)/\(FileName(batch.reference.name, "." + format.rawValue))"
        let report = report(in: language)
        try ledger.report(on: batch.id) { batch in
            try batch.handOver { statement, rows, attempts in
                try report.write(format, of: statement, rows: rows, attempts: attempts, to: path)
            }
        }
        return path
    }

    /// Empty; it takes the rows one after another.
    func review() -> Review {
        Review(report(in: settings.language))
    }

    /// How a batch stands, with its bank.
    func text(of statement: BatchStatement) throws(Tiyin.Overflow) -> String {
        try StatementText(of: statement, bank: nameOfBank(statement.bank)).text
    }

    /// - Parameter recorded: as the ledger keeps it; `nil` where nothing was sent yet.
    func nameOfBank(_ recorded: String?) -> String {
        report(in: settings.language).name(ofBank: recorded)
    }

    func text(of reason: Reason) -> String {
        report(in: settings.language).text(of: reason)
    }

    func report(in language: Language) -> Report {
        Report(
            language: language, catalogue: AnorBank.catalogue,
            stamp: ReportStamp(by: who, at: time.now(), timeZone: Self.timeZone))
    }
}
