import ArgumentParser

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Takes care of the ledger: copies, checks, exports, a new key.",
        subcommands: [
            LedgerBackupCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self, LedgerRotateKeyCommand.self,
            LedgerRecoverCommand.self,
        ])
}
