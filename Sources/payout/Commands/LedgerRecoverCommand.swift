import ArgumentParser
import Bookkeeping
import Operations
import ProgramSettings

struct LedgerRecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Recovers the ledger after you state what happened to it. Sends nothing.",
        discussion: """
            The send journal is a file beside the key. It knows what was sent, even if the ledger has lost it. If either of \
            them is lost or damaged, payout sends nothing until you state what happened. When in doubt, use --older: payout \
            then asks the bank about each row first. Nothing is paid twice as long as the bank knows its own payouts.
            """)

    enum Word: String, EnumerableFlag {
        case newest, older, lost

        static func help(for value: Word) -> ArgumentHelp? {
            switch value {
            case .newest: "No newer copy of this ledger was ever used: rewrite its send journal from the ledger."
            case .older:
                "An older copy was restored, or nobody knows: ask the bank about each row before sending it. Sets a damaged log aside."
            case .lost: "The ledger is gone: create a new one that takes over its send journal."
            }
        }
    }

    @Flag(exclusivity: .exclusive)
    var word: Word

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let result = try RecoverLedger(program.context).run(
                word == .newest ? .newest : word == .older ? .older : .lost)
            if !result.kept.isEmpty { program.console.say("kept as \(result.kept.joined(separator: ", "))") }
            if let log = result.damagedLog { program.console.say("the damaged log is kept as \(log)") }
            tell(program, result.forgotten)
            return .everyRowPaid
        }
    }

    private func tell(_ program: Composition, _ forgotten: [ForgottenBatch]) {
        switch word {
        case .newest: program.console.say("the send journal is rewritten from the ledger; resume with payout run")
        case .older:
            program.console.say(
                "payout will ask the bank about each row of every unsettled batch before it sends the row. Wait for the request timeout "
                    + "and the quiet period before the next run: the last requests may still be in flight")
        case .lost: program.console.say("\(program.settings.ledgerPath) is a new ledger")
        }
        guard !forgotten.isEmpty else { return }
        program.console.say(
            "the send journal knows batches that the ledger does not have. Import the same files under the same names. The rows "
                + "that were sent are then unknown, and payout asks the bank about them:")
        for batch in forgotten {
            let sent = batch.isClosed ? "all rows were settled" : "\(batch.sentRows) rows were sent"
            program.console.say("  \(batch.reference): \(sent)")
        }
    }
}
