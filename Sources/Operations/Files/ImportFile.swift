package import Bookkeeping
import Foundation
package import PayoutFiles
package import Payouts

/// Checks a payout file and stores it as a batch. It sends nothing.
package struct ImportFile: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Imports a file.
    /// - Parameter reference: the name of the batch. By default it is the file's name without its extension.
    /// - Returns: the stored batch, and its comparison with last time.
    @discardableResult
    package func run(
        _ path: String, reference: String? = nil, expected: ExpectedTotals = ExpectedTotals()
    ) throws(OperationError) -> (statement: BatchStatement, comparison: Comparison?) {
        try OperationError.classifying {
            let ledger = try context.openLedger()
            let checked = try CheckFile(context).run(path, in: ledger, isStaged: true)
            try tell(checked, expected)
            let batch = try store(
                checked, as: checked.file.reference(chosen: reference), isDeliberate: reference != nil, in: ledger)
            context.observe(.imported(batch.reference))
            let statement = try ledger.statement(of: batch.id)
            // Put the whole batch into the one ledger file, because people copy only that file.
            try ledger.eraseJournal()
            try ledger.close()
            return (statement, checked.file.comparison)
        }
    }

    /// Stores a file that a person reviewed, and records that the person saw its warnings.
    ///
    /// - Parameters:
    ///   - shown: the file that the person saw. A different file is refused.
    ///   - isDeliberate: whether the same file may already be imported under another name.
    package func run(
        _ shown: PayoutFile, at path: String, as reference: BatchReference, isDeliberate: Bool
    ) throws(OperationError) -> BatchRecord {
        try context.withLedger { ledger in
            let checked = try CheckFile(context).run(path, named: shown.name, in: ledger, isStaged: true)
            // Another batch with the same payments may have been imported since the review.
            guard checked.file.digest == shown.digest, checked.file.isPayable,
                checked.file.log.warningCounts == shown.log.warningCounts
            else { throw SendingRefusal.changedMeanwhile(reference) }
            let batch = try store(checked, as: reference, isDeliberate: isDeliberate, in: ledger)
            if batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
            try ledger.eraseJournal()
            return try ledger.batch(named: reference.name)
        }
    }

    /// Reports the findings in a file to the observer.
    ///
    /// - Throws: ``OperationError`` if the file has errors, or its totals differ from the expected ones.
    func tell(_ checked: CheckedFile, _ expected: ExpectedTotals) throws(OperationError) {
        let file = checked.file
        context.observe(.fileChecked(file))
        context.observe(.findings(file.log))
        guard file.isPayable else { throw .fileHasErrors(name: file.name, count: file.log.errorCount) }
        try expected.demand(file.totals, of: .file(file.name))
    }

    /// Stores the batch.
    /// - Parameter isDeliberate: whether a person chose the reference in order to pay the same file a second time.
    func store(
        _ checked: CheckedFile, as reference: BatchReference, isDeliberate: Bool, in ledger: Ledger
    ) throws -> BatchRecord {
        let needed = context.rules.approvalsNeeded(for: checked.file.totals.sum)
        let new = checked.newBatch(as: reference, approvalsNeeded: needed)
        _ = try ledger.importBatch(new, isDeliberate: isDeliberate)
        context.tellFindings(of: ledger)
        return try ledger.batch(named: new.reference.name)
    }
}
