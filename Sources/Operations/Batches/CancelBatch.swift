import Bookkeeping
package import Payouts

/// Cancels a batch that nobody has started. It withdraws all rows with one reason.
package struct CancelBatch: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Cancels the batch.
    /// - Parameter note: the reason. The ledger keeps it with the person's name.
    /// - Throws: `LedgerError.alreadyStarted`
    @discardableResult
    package func run(_ batch: String, note: String) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.cancel(record.id, note: note)
            return try ledger.statement(of: record.id)
        }
    }
}
