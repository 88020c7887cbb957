import ArgumentParser
import Operations
import Payouts
import Reports

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Records the bank's answer about a row that is unknown or in dispute.",
        discussion: """
            Use only a letter or a statement of the bank as evidence. A row recorded as not paid can be sent again; payout \
            asks the bank once more before that.
            """)

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The row, by its number in Excel.")
    var row: Int

    @Flag(help: "Whether the bank has paid the row.")
    var decision: Decision

    @Option(help: "What the bank gave in writing: letter or statement.")
    var evidence: RowVerdict.Evidence?

    @Option(help: "Which letter or statement it is. The ledger keeps it with your name, and the report shows it.")
    var note: String

    @OptionGroup var options: LedgerOptions

    enum Decision: String, EnumerableFlag {
        case paid
        case notPaid
    }

    func run() async throws {
        try await runCommand {
            guard note.contains(where: { !$0.isWhitespace }) else {
                throw CommandError(.wrongUse, key: "error.evidenceMissing")
            }
            let program = Composition(try options.settings())
            let (outcome, statement) = try ResolveRow(program.context).run(
                row, of: batch, isPaid: decision == .paid, evidence: evidence, note: note)
            program.console.say(try program.text(of: statement))
            if outcome == .proposed {
                program.console.say(program.console.words("verdict.proposed"))
            }
            return .everyRowPaid
        }
    }
}

extension RowVerdict.Evidence: ExpressibleByArgument {}
