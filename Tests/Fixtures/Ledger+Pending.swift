package import Bookkeeping

extension Ledger {
    /// Returns the next queued rows in the file's order, with their cards decrypted.
    package func pending(
        in batch: BatchRecord, senderName: String, after row: Int, limit: Int
    ) throws(LedgerError) -> [PendingPayout] {
        var pending: [PendingPayout] = []
        for payout in try queued(in: batch.id, after: row, limit: limit) {
            pending.append(try opened(payout, of: batch, senderName: senderName))
        }
        return pending
    }
}
