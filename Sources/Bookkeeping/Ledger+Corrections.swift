import Foundation
import GRDB
import PaymentValues
package import Payouts

/// Corrects rows before they are sent again. The ledger keeps their earlier content.
extension Ledger {
    /// The content of a row, with its card decrypted.
    struct Content: Hashable {
        var account: SettlementAccount
        var bankCode: BankCode
        var card: CardNumber
        var expiry: CardExpiry
        var amount: Tiyin
        let name: String?
        let rowKey: String?
    }

    /// Decrypts the content of a row that will be sent again.
    ///
    /// - Throws: ``LedgerError/keyReplaced(ledger:)``, ``LedgerError/cardDoesNotOpen(row:)``,
    ///   ``LedgerError/altered(path:what:)``
    func content(of attempt: AttemptKey, in db: Database) throws -> Content {
        try checkKey(in: db)
        return try content(of: attempt, batchRecord(attempt.batch, in: db), db)
    }

    /// Decrypts the content of a row.
    ///
    /// - Parameter attempt: the attempt that sent or will send the row.
    /// - Throws: ``LedgerError/cardDoesNotOpen(row:)`` if the row was altered.
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

    /// Stores and signs the content of a row. The card is sealed and bound to the attempt that will send it next.
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

    /// Records a correction.
    ///
    /// - Parameter earlier: the attempt that sent the row before the correction.
    /// - Returns: the content of the row after the correction.
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
                batch: earlier.batch, row: earlier.row, id: earlier.id, why: .corrected(RowChanges(from: old, to: new)),
                evidence: signature),
            at: at, in: db)
        return new
    }

    /// Records that a person made corrections in spite of warnings. The counts are added to the file's counts.
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
                Event(batch: batch, why: .correctionWarningsAccepted(.init(count: total, kinds: counts))),
                at: timestamp(),
                in: db)
        }
    }

    /// Returns the number of corrected rows and the change of their total.
    func corrections(in batch: BatchID, _ db: Database) throws -> (rows: Int, change: Tiyin) {
        let row = try Row.fetchOne(
            db, sql: "SELECT count(DISTINCT row), coalesce(sum(changeTiyin), 0) FROM correction WHERE batchID = ?",
            arguments: [batch.number]
        ).orDamaged("corrections cannot be counted")
        return (row[0], Tiyin(row[1]))
    }
}

extension RowChanges {
    fileprivate init(from old: Ledger.Content, to new: Ledger.Content) {
        self.init()
        func change<Value>(_ old: Value, _ new: Value) -> Change<Value>? {
            old == new ? nil : Change(from: old, to: new)
        }
        account = change(old.account.digits, new.account.digits)
        mfo = change(old.bankCode.digits, new.bankCode.digits)
        // Compare whole cards: two different cards may look the same when masked.
        if old.card != new.card { pan = Change(from: old.card.masked, to: new.card.masked) }
        if old.expiry != new.expiry { exp = true }
        amountTiyin = change(old.amount.count, new.amount.count)
    }
}
