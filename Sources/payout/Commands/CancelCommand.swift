import ArgumentParser
import Operations

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancels a batch that nobody has started: withdraws all its rows.",
        discussion: "A batch of which a row was sent cannot be cancelled; withdraw its rows instead.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var reason: NoteOption
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let note = try reason.text()
            let program = Composition(try options.settings())
            let statement = try CancelBatch(program.context).run(batch, note: note)
            program.console.say(try program.text(of: statement))
            return .everyRowPaid
        }
    }
}
