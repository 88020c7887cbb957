import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import ProgramSettings

struct LedgerBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the ledger, even during a run.",
        discussion: """
            The copy is checked. Copies of the desk's audit log and users file are put beside it. It needs the ledger's key \
            to open; keep the key in another place.
            """)

    @Argument(help: "The file to write; must not exist.")
    var file: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            try program.settings.demandReach(of: file)
            let ledger = try program.context.openExistingLedger(for: .reading)
            try ledger.backup(to: file)
            try ledger.close()
            let beside = try program.settings.copyRecords(beside: file)
            program.console.say(
                "\(file) is a copy of the ledger\(beside.map { ", \($0)" }.joined()). Its cards open only with the key in \(program.settings.keyFilePath): keep a "
                    + "copy of the key too, in another place")
            return .everyRowPaid
        }
    }
}
