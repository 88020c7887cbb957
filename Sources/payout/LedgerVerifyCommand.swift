import ArgumentParser
import Payouts

struct LedgerVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Follows the event log from the import of every batch and compares where it leads with the ledger.",
        discussion: "Also looks for damage in the file, and for batches that do not add up. Changes nothing.")

    @OptionGroup var options: LedgerOptions

    private struct Document: Encodable {
        let ledger: String
        let batches: Int
        let faults: [String]
    }

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger()
            let faults = try ledger.verify()
            let batches = try ledger.batches().count
            try ledger.close()
            if options.json {
                services.console.result(
                    try JSONText.of(Document(ledger: ledger.path, batches: batches, faults: faults)))
            } else if faults.isEmpty {
                services.console.result(
                    "the ledger \(ledger.path) is sound: \(batches) batches, each state follows from its events")
            } else {
                services.console.result(faults.joined(separator: "\n"))
                services.console.say(
                    "the ledger is not what its event log says: run nothing on it, keep it, and restore a backup")
            }
            return faults.isEmpty ? .everyRowPaid : .ledgerTrouble
        }
    }
}
