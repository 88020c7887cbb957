import ArgumentParser
import Bookkeeping
import Payouts

struct LedgerExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints all that is on record about a batch as one JSON document, cards masked.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger(for: .reading)
            try ledger.export(services.batch(named: batch, in: ledger).id, line: services.console.result)
            try ledger.close()
            return .everyRowPaid
        }
    }
}
