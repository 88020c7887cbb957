import ArgumentParser
import Bookkeeping
import Payouts

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
        try await ending {
            guard note.contains(where: { !$0.isWhitespace }) else {
                throw Failure(.wrongUse, "--note is empty: say how you know; nothing was changed")
            }
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger()
            let record = try services.batch(named: batch, in: ledger)
            try ledger.decide(row: row, of: record.id, isPaid: decision == .paid, note: note)
            services.console.say(try services.text(of: ledger.statement(of: record.id)))
            try ledger.close()
            return .everyRowPaid
        }
    }
}
