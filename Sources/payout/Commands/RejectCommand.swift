import ArgumentParser
import Operations

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Refuses to approve a batch, so that nothing more of it is sent.",
        discussion: "A later correction of its refused rows makes a new approval possible.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var reason: NoteOption
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let note = try reason.text()
            let program = Composition(try options.settings())
            let statement = try RejectBatch(program.context).run(batch, note: note)
            program.console.say(try program.text(of: statement))
            return .everyRowPaid
        }
    }
}
