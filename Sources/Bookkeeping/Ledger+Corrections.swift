import Foundation
import GRDB
import PaymentValues
package import Payouts

/// Rows that a person corrected before they were run again. What they were before stays on the record.
extension Ledger {
    /// What a row says, its card opened.
    struct Content: Hashable {
        var account: SettlementAccount
        var bankCode: BankCode
        var card: CardNumber
        var expiry: CardExpiry
        var amount: Tiyin
        let name: String?
        let rowKey: String?
    }

    /// Opens what a row says that is to be sent again.
    ///
    /// - Throws: ``LedgerError/keyReplaced(ledger:)``, ``LedgerError/cardDoesNotOpen(row:)``, ``LedgerError/altered(path:what:)``
    func content(of attempt: AttemptKey, in db: Database) throws -> Content {
        try checkKey(in: db)
        return try content(of: attempt, batchRecord(attempt.batch, in: db), db)
    }

    /// Opens what a row says; it was sent, or was to be, by the given attempt.
    ///
    /// - Throws: ``LedgerError/cardDoesNotOpen(row:)`` where the row was altered.
    func content(of attempt: AttemptKey, _ batch: BatchRecord, _ db: Database) throws -> Content {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM payout WHERE batchID = ? AND row = ?", arguments: [batch.id.number, attempt.row]
        ).orDamaged("a row is gone")
        let account = try SettlementAccount(row["account"])
        let bankCode = try BankCode(row["bankCode"])
        let amount = Tiyin(row["amountTiyin"])
        let binding = CardSeal.Binding(
            batch.key(ofRow: attempt.row), account: account, bankCode: bankCode, amount: amount, id: attempt.id)
        guard let sealed: Data = row["sealedCard"], let (card, expiry) = seal.open(sealed, boundTo: binding) else {
            throw LedgerError.cardDoesNotOpen(row: attempt.row)
        }
        let signature = seal.records.sign(
            payout: row, of: batch.reference, batch.digest, agentTranID: attempt.id.number)
        guard signature == (row["signature"] as Data?) else {
            throw LedgerError.altered(
                path: path, what: "row \(attempt.row) of batch “\(batch.reference)” is not as it was written")
        }
        return Content(
            account: account, bankCode: bankCode, card: card, expiry: expiry, amount: amount, name: row["name"],
            rowKey: row["rowKey"])
    }

    /// Stores what a row says, signed, its card closed and bound to the attempt that it is sent with next.
    func store(
        _ content: Content, ofRow row: Int, _ batch: BatchRecord, id: AgentTransactionID, in db: Database
    ) throws {
        let fingerprint = seal.fingerprint(of: content.card)
        let binding = CardSeal.Binding(
            batch.key(ofRow: row), account: content.account, bankCode: content.bankCode, amount: content.amount, id: id)
        try db.cachedStatement(
            sql: """
                UPDATE payout SET account = ?, bankCode = ?, maskedCard = ?, sealedCard = ?, cardFingerprint = ?,
                    amountTiyin = ?, signature = ?
                WHERE batchID = ? AND row = ?
                """
        ).execute(arguments: [
            content.account.digits, content.bankCode.digits, content.card.masked,
            try seal.seal(content.card, content.expiry, boundTo: binding), fingerprint, content.amount.count,
            seal.records.sign(
                row: row, of: batch.reference, batch.digest, account: content.account.digits,
                bankCode: content.bankCode.digits, maskedCard: content.card.masked, cardFingerprint: fingerprint,
                amountTiyin: content.amount.count, name: content.name, rowKey: content.rowKey, agentTranID: id.number),
            batch.id.number, row,
        ])
    }

    /// Puts a correction on the record.
    ///
    /// - Parameter earlier: the attempt that was made with what the row says now.
    /// - Returns: what the row says from now on.
    func correct(
        _ earlier: AttemptKey, from old: Content, as correction: Correction, at: Int64, in db: Database
    ) throws -> Content {
        var new = old
        new.account = correction.account ?? old.account
        new.bankCode = correction.bankCode ?? old.bankCode
        new.card = correction.card ?? old.card
        new.expiry = correction.expiry ?? old.expiry
        new.amount = correction.amount ?? old.amount
        guard new != old else { return old }
        let row: Row = [
            "at": at, "who": who, "batchID": earlier.batch.number, "row": earlier.row,
            "number": try Int.fetchOne(
                db, sql: "SELECT number FROM attempt WHERE agentTranID = ?", arguments: [earlier.id.number]
            ).orDamaged("a row has no such attempt"),
            "account": old.account.digits, "bankCode": old.bankCode.digits, "maskedCard": old.card.masked,
            "amountTiyin": old.amount.count, "changeTiyin": new.amount.count - old.amount.count,
        ]
        let signature = seal.records.sign(correction: row)
        try db.execute(
            sql: """
                INSERT INTO correction (at, who, batchID, row, number, account, bankCode, maskedCard, amountTiyin,
                    changeTiyin, signature)
                VALUES (:at, :who, :batchID, :row, :number, :account, :bankCode, :maskedCard, :amountTiyin, :changeTiyin,
                    :signature)
                """,
            arguments: StatementArguments(Dictionary(row, uniquingKeysWith: { $1 }) as [String: DatabaseValue])
                + ["signature": signature])
        try record(
            Event(
                batch: earlier.batch, row: earlier.row, id: earlier.id, why: .corrected(new.changes(since: old)),
                evidence: signature),
            at: at, in: db)
        return new
    }

    /// Puts on the record that corrections were made in spite of warnings, beside those of the file.
    package func acceptWarnings(ofCorrections counts: [WarningKind: Int], of batch: BatchID) throws(LedgerError) {
        guard !counts.isEmpty else { return }
        try write { db in
            try signedRecord(of: batch, db)
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
            try sign(batch, db)
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

extension Ledger.Content {
    fileprivate func changes(since old: Ledger.Content) -> String {
        var changes: [String] = []
        func note(_ name: String, _ before: String, _ after: String) {
            if before != after { changes.append("\(name) \(before) → \(after)") }
        }
        note("account", old.account.digits, account.digits)
        note("mfo", old.bankCode.digits, bankCode.digits)
        // Two cards may look the same once they are masked.
        if old.card != card { changes.append("pan \(old.card.masked) → \(card.masked)") }
        if old.expiry != expiry { changes.append("exp") }
        note("amount", "\(old.amount.count) tiyin", "\(amount.count) tiyin")
        return changes.joined(separator: ", ")
    }
}
