import ArgumentParser
import Bookkeeping
import Operations
import Payouts

struct LedgerExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Prints all records of a batch as one JSON document, with masked cards.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let ledger = try program.context.openExistingLedger(for: .reading)
            try ledger.export(program.context.batch(named: batch, in: ledger).id, line: program.console.result)
            try ledger.close()
            return .everyRowPaid
        }
    }
}
