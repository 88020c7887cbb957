import ArgumentParser

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Maintains the ledger: backup, verification, export, key rotation, recovery.",
        subcommands: [
            LedgerBackupCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self, LedgerRotateKeyCommand.self,
            LedgerRecoverCommand.self,
        ])
}
