import ArgumentParser
import Operations
import Payouts

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes out rows that shall not be paid: rows that were not sent, and refused ones.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The rows, as Excel numbers them: 3,7-9.")
    var rows: RowSelection

    @Option(help: "Why: it is kept, with your name, and stands in the report.")
    var note: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            let statement = try WithdrawRows(program.context).run(rows, of: batch, note: note)
            program.console.say(try program.text(of: statement))
            return .everyRowPaid
        }
    }
}
