import Foundation
import GRDB
import PaymentValues
import Payouts

/// Signs the records of a ledger that an earlier version made, and binds its cards to what is paid to them.
struct SigningMigration {
    let seal: CardSeal

    func sign(_ db: Database) throws {
        for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch") {
            try db.execute(
                sql: "UPDATE batch SET signature = ? WHERE id = ?",
                arguments: [seal.records.sign(batch: batch), batch["id"] as Int64])
            try signPayouts(of: batch, db)
        }
        try signAppendOnly("approval", by: seal.records.sign(approval:), db)
        try signAppendOnly("correction", by: seal.records.sign(correction:), db)
        try chainEvents(db)
    }

    private func signPayouts(of batch: Row, _ db: Database) throws {
        let reference = try BatchReference(batch["reference"])
        let digest = try FileDigest(hex: batch["fileSHA256"]).orDamaged("a file digest cannot be read")
        let update = try WriteStatement(
            "UPDATE payout SET signature = ?, sealedCard = ? WHERE batchID = ? AND row = ?", in: db)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT payout.*, attempt.agentTranID FROM payout JOIN attempt ON attempt.batchID = payout.batchID
                    AND attempt.row = payout.row AND attempt.number = (SELECT max(number) FROM attempt AS last
                        WHERE last.batchID = payout.batchID AND last.row = payout.row)
                WHERE payout.batchID = ?
                """, arguments: [batch["id"] as Int64])
        while let row = try rows.next() {
            let id: Int64 = row["agentTranID"]
            try update([
                .bytes(seal.records.sign(payout: row, of: reference, digest, agentTranID: id)),
                .bytes(try rebound(row, CardSeal.RowKey(reference: reference, digest: digest, row: row["row"]), id)),
                .number(batch["id"] as Int64), .number(row["row"] as Int64),
            ])
        }
    }

    /// A card that does not open stays as it is: it is refused when it would be sent.
    private func rebound(_ row: Row, _ key: CardSeal.RowKey, _ id: Int64) throws -> Data? {
        guard let sealed: Data = row["sealedCard"] else { return nil }
        guard let (card, expiry) = seal.open(sealed, boundTo: CardSeal.Binding(beforeVersion9: key)),
            AgentTransactionID.range.contains(id)
        else { return sealed }
        let binding = CardSeal.Binding(
            key, account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]),
            amount: Tiyin(row["amountTiyin"]), id: try AgentTransactionID(stored: id))
        return try seal.seal(card, expiry, boundTo: binding)
    }

    /// The rules that forbid changes of a table are set aside while it is signed.
    private func signAppendOnly(_ table: String, by sign: (Row) -> Data, _ db: Database) throws {
        try withoutUpdateRule(of: table, db) {
            for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
                try db.execute(
                    sql: "UPDATE \(table) SET signature = ? WHERE id = ?", arguments: [sign(row), row["id"] as Int64])
            }
        }
    }

    private func chainEvents(_ db: Database) throws {
        var head = ChainHead.beginning
        try withoutUpdateRule(of: "event", db) {
            let update = try WriteStatement("UPDATE event SET signature = ? WHERE id = ?", in: db)
            let events = try Row.fetchCursor(db, sql: "SELECT * FROM event ORDER BY id")
            while let row = try events.next() {
                let event = StoredEvent(row)
                head = ChainHead(event: event.id, signature: seal.records.sign(event, after: head.signature))
                try update([.bytes(head.signature), .number(event.id)])
            }
        }
        try db.execute(
            sql: "INSERT INTO chain VALUES (1, ?, ?, ?, ?)",
            arguments: [head.event, head.signature, head.event, head.signature])
    }

    private func withoutUpdateRule(of table: String, _ db: Database, _ body: () throws -> Void) throws {
        let rule = "\(table)sStayAsWritten"
        let sql = try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", arguments: [rule]
        ).orDamaged("the rule \(rule) is missing")
        try db.execute(sql: "DROP TRIGGER \(rule)")
        try body()
        try db.execute(sql: sql)
    }
}
