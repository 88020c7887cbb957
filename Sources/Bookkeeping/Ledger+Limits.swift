package import Foundation
import GRDB
package import PaymentValues

/// Computes the amounts that are compared with the limits.
extension Ledger {
    /// Returns the total sent since `moment` over all batches, minus confirmed failures.
    ///
    /// - Parameter resending: a batch whose unknown rows are left out. The caller counts them as rows to send again.
    package func sent(since moment: Date, resending: BatchID?) throws(LedgerError) -> Tiyin {
        try read { db in
            Tiyin(
                try Int64.fetchOne(
                    db,
                    sql: """
                        SELECT coalesce(sum(payout.amountTiyin), 0) FROM payout
                        WHERE payout.state IN ('sending', 'paid', 'unknown', 'review')
                            AND NOT (payout.state = 'unknown' AND payout.batchID IS ?)
                            AND EXISTS (SELECT 1 FROM attempt WHERE attempt.batchID = payout.batchID
                                AND attempt.row = payout.row AND attempt.lastSentAt >= ?)
                        """,
                    arguments: [resending?.number, Int64(moment.timeIntervalSince1970 * 1000)]
                ).orDamaged("what was sent cannot be summed up"))
        }
    }

    /// Returns the first row that will or may be sent and pays more than `limit`.
    package func rowAbove(_ limit: Tiyin, in batch: BatchID) throws(LedgerError) -> Int? {
        try read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT min(row) FROM payout
                    WHERE batchID = ? AND state IN ('queued', 'unknown') AND amountTiyin > ?
                    """,
                arguments: [batch.number, limit.count])
        }
    }
}

extension Ledger {
    /// Returns when the longest-unknown row was last sent, or `nil` if no row is unknown.
    package func oldestUnknown(in batch: BatchID) throws(LedgerError) -> Date? {
        try read { db in
            try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(attempt.lastSentAt) FROM \(Self.liveByState)
                    WHERE payout.batchID = ? AND payout.state IN ('unknown', 'sending')
                    """,
                arguments: [batch.number]
            ).map(Date.init(milliseconds:))
        }
    }
}
