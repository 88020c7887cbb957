import Foundation
import GRDB
import Payouts

/// Rows that a person corrected before they were run again. What they were before stays on the record.
extension Ledger {
    /// Changes what a refused row says, beside the transition that gives it its next attempt.
    ///
    /// - Parameter earlier: the attempt that was made with what the row says now.
    func correct(_ earlier: AttemptKey, as correction: Correction, at: Int64, in db: Database) throws {
        try checkKey(in: db)
        let batch = try batchRecord(earlier.batch, in: db)
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT payout.*, attempt.number FROM payout JOIN attempt ON attempt.agentTranID = ?
                WHERE payout.batchID = ? AND payout.row = ?
                """,
            arguments: [earlier.id.number, earlier.batch.number, earlier.row]
        ).orDamaged("a row is gone")
        let rowKey = CardSeal.RowKey(reference: batch.reference, digest: batch.digest, row: earlier.row)
        guard let sealed: Data = row["sealedCard"], let (card, expiry) = seal.open(sealed, boundTo: rowKey) else {
            throw LedgerError.cardDoesNotOpen(row: earlier.row)
        }
        let old = Correction(
            account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]), card: card,
            expiry: expiry, amount: Tiyin(row["amountTiyin"]))
        let new = Correction(
            account: correction.account ?? old.account, bankCode: correction.bankCode ?? old.bankCode,
            card: correction.card ?? card, expiry: correction.expiry ?? expiry, amount: correction.amount ?? old.amount)
        guard new != old, let newCard = new.card, let newExpiry = new.expiry else { return }
        try db.execute(
            sql: """
                INSERT INTO correction (at, who, batchID, row, number, account, bankCode, maskedCard, amountTiyin,
                    changeTiyin)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                at, who, earlier.batch.number, earlier.row, row["number"] as Int, old.account?.digits,
                old.bankCode?.digits, card.masked, old.amount?.count,
                (new.amount ?? .zero).count - (old.amount ?? .zero).count,
            ])
        try db.execute(
            sql: """
                UPDATE payout SET account = ?, bankCode = ?, maskedCard = ?, sealedCard = ?, cardFingerprint = ?,
                    amountTiyin = ?
                WHERE batchID = ? AND row = ?
                """,
            arguments: [
                new.account?.digits, new.bankCode?.digits, newCard.masked,
                try seal.seal(newCard, newExpiry, boundTo: rowKey), seal.fingerprint(of: newCard), new.amount?.count,
                earlier.batch.number, earlier.row,
            ])
        try record(
            Event(
                batch: earlier.batch, row: earlier.row, id: earlier.id, why: .corrected(new.changes(since: old))),
            at: at, in: db)
    }

    /// Puts on the record that corrections were made in spite of warnings, beside those of the file.
    package func acceptWarnings(ofCorrections counts: [WarningKind: Int], of batch: BatchID) throws(LedgerError) {
        guard !counts.isEmpty else { return }
        try write { db in
            for (kind, count) in counts {
                try db.execute(
                    sql: """
                        INSERT INTO warning (batchID, kind, count) VALUES (?, ?, ?)
                        ON CONFLICT (batchID, kind) DO UPDATE SET count = count + excluded.count
                        """,
                    arguments: [batch.number, kind.rawValue, count])
            }
            let total = counts.values.reduce(0, +)
            try db.execute(
                sql: "UPDATE batch SET warnings = warnings + ?, acceptedBy = coalesce(acceptedBy, ?) WHERE id = ?",
                arguments: [total, who, batch.number])
            try record(
                Event(batch: batch, why: .correctedInSpite(of: .init(count: total, kinds: counts))), at: timestamp(),
                in: db)
        }
    }

    /// By how much the corrections changed what the file said, and in how many rows.
    func corrections(in batch: BatchID, _ db: Database) throws -> (rows: Int, change: Tiyin) {
        let row = try Row.fetchOne(
            db, sql: "SELECT count(DISTINCT row), coalesce(sum(changeTiyin), 0) FROM correction WHERE batchID = ?",
            arguments: [batch.number]
        ).orDamaged("corrections cannot be counted")
        return (row[0], Tiyin(row[1]))
    }
}

extension Correction {
    fileprivate func changes(since old: Correction) -> String {
        var changes: [String] = []
        func note(_ name: String, _ before: String?, _ after: String?) {
            if before != after { changes.append("\(name) \(before ?? "") → \(after ?? "")") }
        }
        note("account", old.account?.digits, account?.digits)
        note("mfo", old.bankCode?.digits, bankCode?.digits)
        // Two cards may look the same once they are masked.
        if old.card != card { changes.append("pan \(old.card?.masked ?? "") → \(card?.masked ?? "")") }
        if old.expiry != expiry { changes.append("exp") }
        note("amount", old.amount.map { "\($0.count) tiyin" }, amount.map { "\($0.count) tiyin" })
        return changes.joined(separator: ", ")
    }
}
