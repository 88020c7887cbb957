import Bookkeeping
package import Payouts

/// Rejects a batch, with a reason. Nothing more of it is sent unless it is corrected.
package struct RejectBatch: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Rejects the batch.
    /// - Parameter note: the reason. The ledger keeps it with the person's name.
    /// - Throws: `LedgerError.wasRejected`, `LedgerError.nothingToReject`
    @discardableResult
    package func run(_ batch: String, note: String) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.reject(record.id, note: note)
            return try ledger.statement(of: record.id)
        }
    }
}
