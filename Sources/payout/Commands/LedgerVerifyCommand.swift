import ArgumentParser
import Bookkeeping
import Foundation
import Payouts

struct LedgerVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Follows the event log from the import of every batch and compares where it leads with the ledger.",
        discussion: """
            Also looks for damage in the file, for records that payout did not write, and for batches that do not add up. Changes \
            nothing and makes no files: the ledger may be a copy, lie on a read-only disk, or be of an earlier version.
            """)

    @OptionGroup var options: LedgerOptions

    private struct Document: Encodable {
        let ledger: String
        let batches: Int
        let head: String
        let faults: [String]
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            let (path, keyFile) = (program.settings.ledgerPath, KeyFile(path: program.settings.keyFilePath))
            guard FileManager.default.fileExists(atPath: path) else {
                throw CommandError(.notFound, "there is no ledger at \(path): --ledger names another")
            }
            let found = try Ledger.verify(fileAt: path, keyFile: keyFile)
            let (faults, batches) = (found.faults + [found.journalFault].compactMap(\.self), found.batches)
            if options.json {
                program.console.result(
                    try JSONText.of(Document(ledger: path, batches: batches, head: found.head, faults: faults)))
            } else if faults.isEmpty {
                program.console.result(
                    "the ledger \(path) is sound: \(batches) batches, each state follows from its events, which stand at \(found.head)"
                )
            } else {
                program.console.result(faults.joined(separator: "\n"))
                program.console.say(
                    found.faults.isEmpty
                        ? "the ledger's records are sound, and it and its send journal are apart: payout run says what to do"
                        : "the ledger is not as payout wrote it; the first line names the first false record. Run nothing on it, keep it, "
                            + "and put a sound copy in its place")
            }
            return faults.isEmpty ? .everyRowPaid : .ledgerTrouble
        }
    }
}
