import ArgumentParser
import Operations

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Puts on the record what a person found out about an unknown row or one for review.",
        discussion: """
            Only what the bank's books say counts. A row that is resolved as not paid can be run again; the bank is asked once \
            more before that.
            """)

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The row, as Excel numbers it.")
    var row: Int

    @Flag(help: "The bank has paid it, or has not.")
    var decision: Decision

    @Option(help: "How you know: it is kept, with your name, and stands in the report.")
    var note: String

    @OptionGroup var options: LedgerOptions

    enum Decision: String, EnumerableFlag {
        case paid
        case notPaid
    }

    func run() async throws {
        try await runCommand {
            guard note.contains(where: { !$0.isWhitespace }) else {
                throw CommandError(.wrongUse, "--note is empty: say how you know; nothing was changed")
            }
            let program = Composition(try await options.settings())
            let statement = try ResolveRow(program.context).run(
                row, of: batch, isPaid: decision == .paid, note: note)
            program.console.say(try program.text(of: statement))
            return .everyRowPaid
        }
    }
}
