package import Bookkeeping
import PayoutFiles
package import Payouts

/// Compares a stored batch with last time.
package struct CompareBatch: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// - Returns: `nil` if there is no batch to compare with.
    package func run(_ batch: String) throws(OperationError) -> Comparison? {
        try context.withLedger(for: .reading) { try run(context.batch(named: batch, in: $0), in: $0) }
    }

    /// - Returns: `nil` if there is no batch to compare with.
    package func run(_ batch: BatchRecord, in ledger: Ledger) throws(OperationError) -> Comparison? {
        try OperationError.classifying {
            guard batch.totals.rows <= PeopleSearch.mostPeople else { return nil }
            let former = try FormerBatches(
                in: ledger, before: batch.importedAt, named: batch.reference.name,
                chosen: context.choices.formerBatch)
            return try former.comparison(of: ledger.people(of: batch.id))
        }
    }
}
