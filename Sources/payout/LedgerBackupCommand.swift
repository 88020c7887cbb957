import ArgumentParser
import Bookkeeping
import Payouts

struct LedgerBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the ledger as it is at this moment, also while a run is on.",
        discussion: "The copy is checked. It opens with the ledger's key alone, which is kept elsewhere.")

    @Argument(help: "Where to; nothing is ever overwritten.")
    var file: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger(for: .reading)
            try ledger.backup(to: file)
            try ledger.close()
            services.console.say(
                "\(file) is a copy of the ledger. Its cards open with the key in \(services.settings.keyFilePath): keep that too, "
                    + "in another place")
            return .everyRowPaid
        }
    }
}
