import GRDB
import Payouts

extension Ledger {
    /// Gives a row its attempt of the given number, with the id that follows from the file.
    func insertAttempt(
        _ number: Int, ofRow row: Int, batch: BatchID, reference: BatchReference, digest: FileDigest, in db: Database
    ) throws {
        var salt = 0
        repeat {
            let id = AgentTransactionID.derived(
                reference: reference, digest: digest, row: row, attempt: number, salt: salt)
            try db.cachedStatement(
                sql: """
                    INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (?, ?, ?, ?)
                    ON CONFLICT (agentTranID) DO NOTHING
                    """
            ).execute(arguments: [id.number, batch.number, row, number])
            salt += 1
        } while db.changesCount == 0
    }

    /// Gives the row of an attempt that is refused the next one.
    func insertAttempt(after earlier: AttemptKey, in db: Database) throws {
        let batch = try BatchRecord(
            Row.fetchOne(db, sql: "SELECT * FROM batch WHERE id = ?", arguments: [earlier.batch.number]).orDamaged(
                "a batch is gone"))
        let count = try Int.fetchOne(
            db, sql: "SELECT max(number) FROM attempt WHERE batchID = ? AND row = ?",
            arguments: [earlier.batch.number, earlier.row])
        try insertAttempt(
            try count.orDamaged("a row has no attempt") + 1, ofRow: earlier.row, batch: earlier.batch,
            reference: batch.reference, digest: batch.digest, in: db)
    }
}
