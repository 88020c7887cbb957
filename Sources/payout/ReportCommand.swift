import ArgumentParser
import Bookkeeping
import Payouts
import Reports

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes the report on a batch as it stands.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(name: .shortAndLong, help: "The file to write. Default: output/<batch>.<format>.")
    var output: String?

    @Option(help: "xlsx, csv or json.")
    var format: ReportFormat = .xlsx

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger(for: .reading)
            let record = try services.batch(named: batch, in: ledger)
            let path = try services.writeReport(
                on: record, in: ledger, format: format, language: services.settings.language, to: output)
            services.console.say("report: \(path)")
            if options.json {
                services.console.result(
                    try JSONText.of(SummaryDocument(ledger.statement(of: record.id), report: path)))
            }
            try ledger.close()
            return .everyRowPaid
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
