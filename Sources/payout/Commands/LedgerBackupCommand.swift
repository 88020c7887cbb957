import ArgumentParser
import Payouts

struct LedgerBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the ledger as it is at this moment, also while a run is on.",
        discussion: "The copy is checked. It opens with the ledger's key alone, which is kept elsewhere.")

    @Argument(help: "Where to; nothing is ever overwritten.")
    var file: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            let ledger = try program.context.openExistingLedger(for: .reading)
            try ledger.backup(to: file)
            try ledger.close()
            program.console.say(
                "\(file) is a copy of the ledger. Its cards open with the key in \(program.settings.keyFilePath): keep that too, "
                    + "in another place")
            return .everyRowPaid
        }
    }
}
