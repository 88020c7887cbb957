import Bookkeeping
package import Payouts
import Processing
package import Reports

/// Writes the report about the current state of a batch.
package struct WriteReport: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Writes the report.
    /// - Parameter path: the path of the report. By default it is the batch's name in the output folder.
    /// - Returns: the totals of the batch and the path of the report.
    package func run(
        on batch: String, format: ReportFormat, language: Language? = nil, to path: String? = nil
    ) throws(OperationError) -> (BatchStatement, path: String) {
        try context.withLedger(for: .reading) { ledger in
            if let path { try Report.demandReplaceable(path) }
            let record = try context.batch(named: batch, in: ledger)
            let written = try run(on: record, in: ledger, format: format, language: language, to: path)
            return (try ledger.statement(of: record.id), written)
        }
    }

    func run(
        on batch: BatchRecord, in ledger: Ledger, format: ReportFormat, language: Language? = nil, to path: String?
    ) throws -> String {
        let path =
            path
            ?? "\(context.outputFolder)/\(FileName(reportOn: batch.reference, ofFile: batch.fileName, format))"
        let report = context.report(in: language ?? context.language)
        try ledger.report(on: batch.id) { batch in
            try batch.handOver { statement, history, rows, attempts in
                try report.write(format, of: statement, history: history, rows: rows, attempts: attempts, to: path)
            }
        }
        return path
    }
}

extension OperationContext {
    package func report(in language: Language) -> Report {
        Report(
            language: language, catalogue: bank.catalogue,
            stamp: ReportStamp(by: person, at: time.now(), timeZone: timeZone, organisation: organisation))
    }
}
