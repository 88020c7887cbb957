import ArgumentParser
import Bookkeeping
import Foundation
import Payouts
import ProgramSettings

struct LedgerVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replays the events of every batch and compares the result with the ledger.",
        discussion: """
            Also searches for damage in the file, for records that payout did not write, and for batches that do not add up. \
            Changes nothing and creates no files: the ledger may be a copy, on a read-only disk, or of an earlier version.
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
            let program = Composition(try options.settings())
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
                    "the ledger \(path) is sound: \(batches) batches, each state follows from its events; the last event is \(found.head)"
                )
            } else {
                program.console.result(faults.joined(separator: "\n"))
                program.console.say(
                    found.faults.isEmpty
                        ? "the ledger's records are sound, but they do not match its send journal: payout run says what to do"
                        : "the ledger is not as payout wrote it; the first line names the first false record. Keep it, but run nothing on it, "
                            + "and restore a sound copy")
            }
            return faults.isEmpty ? .everyRowPaid : .ledgerTrouble
        }
    }
}
