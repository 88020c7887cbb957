import Bookkeeping
package import Payouts

/// Approves a batch that another person imported, in its exact present form.
package struct ApproveBatch: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Asks the approver for a second factor. It is called after all other checks have passed, so that no code is
    /// wasted.
    package typealias Confirm = @Sendable () throws -> EventCause.Confirmation?

    /// Approves the batch if its totals match the stated ones.
    ///
    /// - Parameter stated: the totals from the approver's own source.
    /// - Throws: `LedgerError.otherTotals`, `LedgerError.approverIsMaker`, `LedgerError.wasRejected`,
    ///   `OperationError.secondFactorNeeded`, the error of `confirm`.
    @discardableResult
    package func run(
        _ batch: String, as stated: ControlTotals, confirm: Confirm = { nil }
    ) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.demandApprovable(record.id, as: stated)
            let confirmation = try confirm()
            if context.rules.requiresSecondFactor, confirmation == nil { throw OperationError.secondFactorNeeded }
            try ledger.approve(record.id, as: stated, confirmedBy: confirmation)
            return try ledger.statement(of: record.id)
        }
    }
}
