import Bookkeeping
package import Payouts

/// Records a person's finding about a row that is unknown or in dispute.
package struct ResolveRow: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Records the finding.
    /// - Parameters:
    ///   - evidence: the kind of the bank's evidence.
    ///   - note: the letter or statement.
    @discardableResult
    package func run(
        _ row: Int, of batch: String, isPaid: Bool, evidence: RowVerdict.Evidence? = nil, note: String
    ) throws(OperationError) -> (outcome: GiveVerdict.Outcome, statement: BatchStatement) {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            let verdict = RowVerdict(isPaid ? .paid : .notPaid, evidence: evidence, note: note)
            let outcome = try GiveVerdict(context).run(verdict, on: row, of: record, in: ledger)
            return (outcome, try ledger.statement(of: record.id))
        }
    }
}
