import ArgumentParser
import Operations
import Payouts
import Reports

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraws rows that must not be paid: rows not yet sent, and refused rows.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The rows, by their numbers in Excel: 3,7-9.")
    var rows: RowSelection

    @OptionGroup var reason: NoteOption
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let (outcome, statement) = try WithdrawRows(program.context).run(rows, of: batch, note: try reason.text())
            program.console.say(try program.text(of: statement))
            if outcome == .proposed {
                program.console.say(program.console.words("verdict.proposed"))
            }
            return .everyRowPaid
        }
    }
}
