import Bookkeeping
package import Payouts

/// Approves a batch that another person imported, in its exact present form.
package struct ApproveBatch: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Approves the batch if its totals match the stated ones.
    ///
    /// - Parameter stated: the totals from the approver's own source.
    /// - Throws: `LedgerError.otherTotals`, `LedgerError.approverIsMaker`
    @discardableResult
    package func run(_ batch: String, as stated: ControlTotals) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.approve(record.id, as: stated)
            return try ledger.statement(of: record.id)
        }
    }
}
