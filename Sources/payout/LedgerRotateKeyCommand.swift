import ArgumentParser
import Bookkeeping
import Payouts
import Processing

struct LedgerRotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key", abstract: "Seals every card in the ledger with a new key.",
        discussion: """
            The old key is kept beside the new one, for older copies of the ledger open with it alone: delete it when you \
            delete them. If the program ends midway, the ledger still opens, and the same command goes on.
            """)

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            try services.openExistingLedger().close()
            let lock = try services.runnerLock(for: "key rotation")
            defer { lock.release() }
            var opening = services.settings.opening
            opening.isSandbox = services.settings.isSandboxed
            let (key, old) = try Ledger.rotateKey(
                ofLedgerAt: services.settings.ledgerPath, keyFile: KeyFile(path: services.settings.keyFilePath),
                who: services.who, opening: opening, now: services.time.now)
            services.console.say(
                "\(key) holds the ledger's new key. The old one is kept as \(old): older copies of the ledger open "
                    + "with it alone")
            return .everyRowPaid
        }
    }
}
