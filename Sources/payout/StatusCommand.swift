import ArgumentParser
import Bookkeeping
import Payouts
import Reports

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows how a batch stands, with the closing proof; without a name, all batches.")

    @Argument(help: "The batch's name.")
    var batch: String?

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger(for: .reading)
            let batches = try batch.map { [try services.batch(named: $0, in: ledger)] } ?? ledger.batches()
            let statements = try batches.map { try ledger.statement(of: $0.id) }
            if options.json {
                let documents = try statements.map {
                    try SummaryDocument($0, report: nil, putRight: LedgerNotices.shared.document)
                }
                services.console.result(try batch == nil ? JSONText.of(documents) : JSONText.of(documents[0]))
            } else if statements.isEmpty {
                services.console.result("no batches yet: payout run FILE begins one")
            } else {
                services.console.result(try statements.map { try services.text(of: $0) }.joined(separator: "\n\n"))
            }
            try ledger.close()
            return statements.allSatisfy(\.addsUp) ? .everyRowPaid : .unexpected
        }
    }
}
