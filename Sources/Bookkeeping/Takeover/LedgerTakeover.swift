import Foundation
import GRDB
import PaymentValues
import Payouts

/// Upgrades a ledger with schema 8, which had no signatures and bound cards only to their row. It copies the rows into
/// the current tables. It converts the events' English text into kinds and JSON. Then it signs the result.
struct LedgerTakeover: Sendable {
    let seal: CardSeal

    /// Upgrades the ledger.
    func run(_ db: Database) throws {
        let tables = try setAside(db)
        try db.execute(sql: LedgerSchema.tables)
        for table in tables where table != "event" { try copy(table, db) }
        let head = try convertEvents(db)
        try db.execute(
            sql: "INSERT INTO chain VALUES (1, ?, ?, ?, ?)",
            arguments: [head.event, head.signature, head.event, head.signature])
        try signRecords(db)
        try db.execute(sql: LedgerSchema.rules)
        for table in tables { try db.execute(sql: "DROP TABLE former_\(table)") }
        try db.execute(sql: "DELETE FROM grdb_migrations")
    }

    /// Renames the tables and drops the indexes and triggers of the old schema.
    ///
    /// - Returns: the previous names of the tables.
    private func setAside(_ db: Database) throws -> [String] {
        let rules = try Row.fetchAll(
            db, sql: "SELECT type, name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")
        for rule in rules {
            try db.execute(sql: "DROP \(rule[0] as String) \((rule[1] as String).quotedDatabaseIdentifier)")
        }
        let tables = try String.fetchAll(
            db,
            sql:
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'"
        )
        for table in tables {
            try db.execute(sql: "ALTER TABLE \(table.quotedDatabaseIdentifier) RENAME TO former_\(table)")
        }
        return tables
    }

    /// Copies the columns that both schemas have.
    private func copy(_ table: String, _ db: Database) throws {
        let former = Set(try db.columns(in: "former_\(table)").map(\.name))
        let columns = try db.columns(in: table).map(\.name).filter(former.contains).joined(separator: ", ")
        try db.execute(sql: "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM former_\(table)")
    }

    // MARK: Events

    /// Converts the events.
    /// - Returns: the head of the new chain.
    private func convertEvents(_ db: Database) throws -> ChainHead {
        var head = ChainHead.beginning
        let events = try Row.fetchCursor(db, sql: "SELECT * FROM former_event ORDER BY id")
        while let row = try events.next() {
            let event = try StoredEvent(row, EventCause(former: row))
            head = ChainHead(event: row["id"], signature: seal.records.sign(event, after: head.signature))
            try event.insert(signature: head.signature, in: db)
        }
        return head
    }

    // MARK: Signatures

    private func signRecords(_ db: Database) throws {
        for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch") {
            try db.execute(
                sql: "UPDATE batch SET signature = ? WHERE id = ?",
                arguments: [seal.records.sign(batch: batch), batch["id"] as Int64])
            try signPayouts(of: batch, db)
        }
        for (table, sign) in [
            ("approval", seal.records.sign(approval:)), ("correction", seal.records.sign(correction:)),
        ] {
            for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
                try db.execute(
                    sql: "UPDATE \(table) SET signature = ? WHERE id = ?", arguments: [sign(row), row["id"] as Int64])
            }
        }
    }

    private func signPayouts(of batch: Row, _ db: Database) throws {
        let reference = try BatchReference(batch["reference"])
        let digest = try FileDigest(hex: batch["fileSHA256"]).orDamaged("a file digest cannot be read")
        let update = try WriteStatement(
            "UPDATE payout SET signature = ?, sealedCard = ? WHERE batchID = ? AND row = ?", in: db)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT payout.*, attempt.agentTranID FROM former_payout AS payout JOIN attempt
                    ON attempt.batchID = payout.batchID AND attempt.row = payout.row AND attempt.number = (SELECT max(number)
                        FROM attempt AS last WHERE last.batchID = payout.batchID AND last.row = payout.row)
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

    /// Binds a card to its payment too. A card that cannot be decrypted is kept as it is, and its row is refused before
    /// a send.
    private func rebound(_ row: Row, _ key: CardSeal.RowKey, _ id: Int64) throws -> Data? {
        guard let sealed: Data = row["sealedCard"] else { return nil }
        guard let (card, expiry) = seal.open(sealed, boundTo: CardSeal.Binding(withoutContent: key)),
            AgentTransactionID.range.contains(id)
        else { return sealed }
        let binding = CardSeal.Binding(
            key, account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]),
            amount: Tiyin(row["amountTiyin"]), id: try AgentTransactionID(stored: id))
        return try seal.seal(card, expiry, boundTo: binding)
    }
}
