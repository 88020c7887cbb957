import Foundation
import GRDB
import Payouts

extension Ledger {
    /// Compares the clock with the reading that the previous call stored, in any run. If the clock was set in between,
    /// earlier times no longer count. Then the quiet period of every unknown payout restarts.
    ///
    /// - Returns: whether a quiet period restarted.
    @discardableResult
    package func checkClock(_ reading: ClockReading) throws(LedgerError) -> Bool {
        try write { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM clock")
            let earlier = row.map { row in
                ClockReading(
                    wall: Date(milliseconds: row["wall"]), uptime: .milliseconds(row["uptime"] as Int64),
                    boot: row["boot"])
            }
            let at = Int64((reading.wall.timeIntervalSince1970 * 1000).rounded())
            try db.execute(
                sql: "INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?)",
                arguments: [at, Int64(reading.uptime / .milliseconds(1)), reading.boot])
            // Without an earlier reading, an older version left the unknown rows. It stored no reading.
            guard earlier.map({ reading.hasStepped(since: $0) }) ?? true else { return false }
            let batches = try Int64.fetchAll(
                db, sql: "SELECT DISTINCT batchID FROM attempt WHERE isDoubtful = 1 AND verdict <> 'paid'"
            ).map(BatchID.init(number:))
            for batch in batches {
                try record(Event(batch: batch, why: .clockSet), at: at, in: db)
                try restartQuietPeriods(of: batch, at: at, db)
            }
            return !batches.isEmpty
        }
    }

    /// Restarts the quiet period of every row that may have been sent, and its count of answers “not found”.
    func restartQuietPeriods(of batch: BatchID, at: Int64, _ db: Database) throws {
        try db.execute(
            sql: """
                UPDATE attempt SET quietSince = ?, lastSentAt = min(lastSentAt, ?), lastAskedAt = NULL, notFoundCount = 0
                WHERE batchID = ? AND isDoubtful = 1 AND verdict <> 'paid'
                """,
            arguments: [at, at, batch.number])
    }
}
