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

    /// Returns the corrections that the approver has not approved yet, and the number of all corrections of the batch.
    package func corrections(of batch: String) throws(OperationError) -> (toApprove: [RecordedEvent], count: Int) {
        try context.withLedger { ledger in
            try ledger.report(on: context.batch(named: batch, in: ledger).id) { snapshot in
                (try snapshot.correctionsToApprove(by: context.person), try snapshot.correctionCount)
            }
        }
    }

    /// Approves the batch if its totals match the stated ones.
    ///
    /// - Parameters:
    ///   - stated: the totals from the approver's own source.
    ///   - corrections: the number of corrections of the batch that the approver knows.
    /// - Throws: `LedgerError.otherTotals`, `LedgerError.approverIsMaker`, `LedgerError.wasRejected`,
    ///   `LedgerError.correctionsNotKnown`, `OperationError.secondFactorNeeded`, the error of `confirm`.
    @discardableResult
    package func run(
        _ batch: String, as stated: ControlTotals, knowing corrections: Int = 0, confirm: Confirm = { nil }
    ) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            try ledger.demandApprovable(record.id, as: stated, knowing: corrections)
            let confirmation = try confirm()
            if context.rules.requiresSecondFactor, confirmation == nil { throw OperationError.secondFactorNeeded }
            try ledger.approve(record.id, as: stated, knowing: corrections, confirmedBy: confirmation)
            return try ledger.statement(of: record.id)
        }
    }
}
