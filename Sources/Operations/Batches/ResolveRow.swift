import Bookkeeping
package import Payouts

/// Records a person's finding about a row that is unknown or in dispute.
package struct ResolveRow: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Records the finding.
    /// - Parameter note: the person's evidence.
    @discardableResult
    package func run(
        _ row: Int, of batch: String, isPaid: Bool, note: String
    ) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.decide(row: row, of: record.id, isPaid: isPaid, note: note)
            return try ledger.statement(of: record.id)
        }
    }
}
