import GRDB
import PaymentValues
import Payouts

extension Ledger {
    /// Adds an attempt at a row, with an id computed from the file.
    func insertAttempt(
        _ number: Int, ofRow row: Int, batch: BatchID, reference: BatchReference, digest: FileDigest, in db: Database
    ) throws -> AgentTransactionID {
        var salt = 0
        var id: AgentTransactionID
        repeat {
            id = AgentTransactionID.derived(
                reference: reference, digest: digest, row: row, attempt: number, salt: salt)
            try db.cachedStatement(
                sql: """
                    INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (?, ?, ?, ?)
                    ON CONFLICT (agentTranID) DO NOTHING
                    """
            ).execute(arguments: [id.number, batch.number, row, number])
            salt += 1
        } while db.changesCount == 0
        return id
    }

    /// Adds the next attempt at a refused row, applies a person's correction, and binds the card to the new attempt.
    ///
    /// - Parameter old: the row before the correction.
    func rerun(
        _ earlier: AttemptKey, _ old: Content, _ correction: Correction?, at: Int64, in db: Database
    ) throws {
        let batch = try batchRecord(earlier.batch, in: db)
        let next = try insertAttempt(
            try lastNumber(ofRow: earlier.row, in: earlier.batch, db) + 1, ofRow: earlier.row, batch: earlier.batch,
            reference: batch.reference, digest: batch.digest, in: db)
        var new = old
        if let correction { new = try correct(earlier, from: old, as: correction, at: at, in: db) }
        try store(new, ofRow: earlier.row, batch, id: next, in: db)
    }

    /// Returns the keys of the next attempts at a row, in order. A lost ledger may have made some of these attempts.
    package func keysOfFurtherAttempts(
        atRow row: Int, of batch: BatchID, count: Int
    ) throws(LedgerError) -> [AttemptKey] {
        try read { db in
            let record = try batchRecord(batch, in: db)
            let last = try lastNumber(ofRow: row, in: batch, db)
            return try (last + 1...last + count).map { number in
                var salt = 0
                while true {
                    let id = AgentTransactionID.derived(
                        reference: record.reference, digest: record.digest, row: row, attempt: number, salt: salt)
                    let isTaken = try Bool.fetchOne(
                        db, sql: "SELECT EXISTS (SELECT 1 FROM attempt WHERE agentTranID = ?)", arguments: [id.number])
                    if isTaken != true { return AttemptKey(batch: batch, row: row, id: id) }
                    salt += 1
                }
            }
        }
    }

    /// Returns the keys of the attempts at a row before the given one, in order.
    package func keysOfEarlierAttempts(than attempt: AttemptKey) throws(LedgerError) -> [AttemptKey] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT row, agentTranID FROM attempt WHERE batchID = ? AND row = ?
                        AND number < (SELECT number FROM attempt WHERE agentTranID = ?) ORDER BY number
                    """, arguments: [attempt.batch.number, attempt.row, attempt.id.number]
            ).map { try AttemptKey($0, in: attempt.batch) }
        }
    }

    func batchRecord(_ batch: BatchID, in db: Database) throws -> BatchRecord {
        try BatchRecord(
            Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [batch.number]).orDamaged(
                "a batch is gone"))
    }

    private func lastNumber(ofRow row: Int, in batch: BatchID, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT max(number) FROM attempt WHERE batchID = ? AND row = ?", arguments: [batch.number, row]
        ).orDamaged("a row has no attempt")
    }
}
