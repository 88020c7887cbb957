import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import Processing
import ProgramSettings

struct LedgerRotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key", abstract: "Encrypts every card in the ledger with a new key.",
        discussion: """
            The old key is kept beside the new one, because older copies of the ledger open only with the old key. Delete it \
            when you delete them. If the program ends midway, the ledger still opens; run the same command again.
            """)

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            try program.context.openExistingLedger().close()
            let lock = try program.context.runnerLock(for: "key rotation")
            defer { lock.release() }
            let (key, old) = try Ledger.rotateKey(
                ofLedgerAt: program.settings.ledgerPath, keyFile: KeyFile(path: program.settings.keyFilePath),
                who: program.context.person, opening: program.context.ledger.opening, now: program.time.now)
            program.console.say(
                "\(key) holds the ledger's new key. The old one is kept as \(old): older copies of the ledger open "
                    + "only with the old key")
            return .everyRowPaid
        }
    }
}
