import Foundation
import GRDB
import Payouts

/// Learns from the journals of other ledgers with the same key.
///
/// Ledger and journal can be lost together, and their file can then be paid from a new ledger. If the old two return,
/// they agree with each other and know nothing of that.
extension Ledger {
    /// Restores the sends that other ledgers made for batches of this ledger. The bank is asked about every other row
    /// of such a batch before it is sent.
    func takeInOtherLedgers() throws(LedgerError) {
        let (others, isComplete) = journalsOfOtherLedgers()
        guard !others.isEmpty || !isComplete else { return }
        let rows = try write { db in
            if !isComplete { _ = try askFirstAboutAll(db) }
            let known = try readSends().batches
            var rows: [BatchReference: Int] = [:]
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map({ try BatchRecord($0) }) {
                let tag = BatchTag(batch.reference, batch.digest)
                for (ledger, contents) in others {
                    guard let theirs = contents.batches[tag], theirs.wasSent,
                        known[tag]?.takenIn[ledger] != theirs.extent
                    else { continue }
                    try askFirst(about: batch.id, db)
                    rows[batch.reference, default: 0] += try putRight(batch, by: theirs, isOther: true, db)
                    note(.takenIn(tag, from: ledger, extent: theirs.extent))
                }
            }
            return rows
        }
        if !rows.isEmpty { findings.withLock { $0.append(.sentElsewhere(rows)) } }
    }

    /// Returns what can be read from the journals of other ledgers, each with the number in its name, and whether that
    /// is everything.
    private func journalsOfOtherLedgers() -> ([(ledger: UInt64, SendJournalContents)], isComplete: Bool) {
        var (found, isComplete) = ([(ledger: UInt64, SendJournalContents)](), true)
        for path in SendJournal.paths(keyFile) where path != sends.path && !SendJournal.isBlank(path) {
            do {
                let journal = SendJournal(path: path, seal: seal.journal, disk: .system)
                let (contents, isWhole) = try journal.readableContents()
                found.append((SendJournal.number(ofFileAt: path), contents))
                isComplete = isComplete && isWhole
            } catch {
                isComplete = false
            }
        }
        return (found, isComplete)
    }
}
