import Foundation
import GRDB
import Payouts
import Synchronization

/// Learns from the journals of other ledgers with the same key.
///
/// A ledger and its journal can be lost together. Their file can then be paid from a new ledger. If the old two are
/// restored, they agree with each other but do not know about the new payments.
extension Ledger {
    /// The journal of another ledger.
    struct OtherJournal {
        /// The number in the name of the file.
        let ledger: UInt64
        /// The place where that ledger was last used. `nil` if the journal does not say.
        let home: LedgerHome?
        let contents: SendJournalContents
        /// Whether the whole journal can be read.
        let isWhole: Bool
    }

    /// Reads the journals of all other ledgers with this key.
    func otherJournals() -> [OtherJournal] {
        SendJournal.paths(keyFile).filter { $0 != sends.path && !SendJournal.isBlank($0) }.map { path in
            let journal = SendJournal(path: path, seal: seal.journal, disk: .system)
            var (contents, isWhole) = (SendJournalContents(), false)
            // A journal that cannot be read counts as incomplete, so the bank is asked first.
            do { (contents, isWhole) = try journal.readableContents() } catch {}
            return OtherJournal(
                ledger: SendJournal.number(ofFileAt: path), home: SendJournal.header(ofFileAt: path)?.home,
                contents: contents, isWhole: isWhole)
        }
    }

    /// Restores the sends that other ledgers made for batches of this ledger. The program asks the bank about every
    /// other row of such a batch before it sends the row.
    func takeInOtherLedgers() throws(LedgerError) {
        let others = otherJournals()
        guard !others.isEmpty else { return }
        let rows = try write { db in
            if !others.allSatisfy(\.isWhole) { _ = try askFirstAboutAll(db) }
            let known = try readSends().batches
            var rows: [BatchReference: Int] = [:]
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map({ try BatchRecord($0) }) {
                let takenIn = known[BatchTag(batch.reference, batch.digest)]?.takenIn ?? [:]
                if let count = try takeIn(batch, from: others, after: takenIn, db) { rows[batch.reference] = count }
            }
            return rows
        }
        if !rows.isEmpty { findings.withLock { $0.append(.sentElsewhere(rows)) } }
    }

    /// Restores the sends that other ledgers made for a batch.
    ///
    /// - Parameter takenIn: the sends that this ledger has already learned from them.
    /// - Returns: the number of changed rows, or `nil` if the other ledgers sent nothing new.
    func takeIn(
        _ batch: BatchRecord, from others: [OtherJournal], after takenIn: [UInt64: UInt64] = [:], _ db: Database
    ) throws -> Int? {
        let tag = BatchTag(batch.reference, batch.digest)
        var rows: Int?
        for other in others {
            // A ledger that asks the bank first may not know all sends itself.
            guard let theirs = other.contents.batches[tag], theirs.wasSent || theirs.asksFirst,
                takenIn[other.ledger] != theirs.extent
            else { continue }
            try askFirst(about: batch.id, db)
            rows = try (rows ?? 0) + putRight(batch, by: theirs, of: .other, db)
            note(.takenIn(tag, from: other.ledger, extent: theirs.extent))
        }
        return rows
    }
}
