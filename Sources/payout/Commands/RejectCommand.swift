import ArgumentParser
import Operations

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Refuses to approve a batch, so that nothing more of it is sent.",
        discussion: "A later correction of its refused rows makes a new approval possible.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The reason. The ledger keeps it with your name, and the report shows it.")
    var note: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            guard note.contains(where: { !$0.isWhitespace }) else {
                throw CommandError(.wrongUse, key: "error.noteMissing")
            }
            let program = Composition(try options.settings())
            let statement = try RejectBatch(program.context).run(batch, note: note)
            program.console.say(try program.text(of: statement))
            return .everyRowPaid
        }
    }
}
