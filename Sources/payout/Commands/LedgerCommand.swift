import ArgumentParser

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Maintains the ledger: backup, verification, export, erasure, new key, recovery.",
        subcommands: [
            LedgerBackupCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self, LedgerEraseCommand.self,
            LedgerRotateKeyCommand.self, LedgerRecoverCommand.self,
        ])
}
