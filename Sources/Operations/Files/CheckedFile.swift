import Bookkeeping
import Foundation
package import PayoutFiles
import Payouts

/// A payout file that was read and checked in one pass. Its rows can be staged for an import.
package struct CheckedFile: Sendable {
    package let path: String
    package let options: PayoutFileOptions
    package private(set) var file: PayoutFile
    private let staged: StagedPayouts?

    /// Reads and checks a file.
    /// - Parameters:
    ///   - name: the name of the file, if it differs from the name on disk.
    ///   - ledger: the ledger in which to look up payouts of other batches. `nil` if there is none.
    ///   - now: the time of the check.
    ///   - staged: takes the rows while the file is read.
    /// - Throws: `PayoutFileError` if the file does not exist or cannot be read.
    init(
        _ path: String, named name: String?, options: PayoutFileOptions, ledger: Ledger?, now: Date,
        staged: StagedPayouts?
    ) throws {
        self.path = path
        self.options = options
        self.staged = staged
        let fileName = name ?? URL(fileURLWithPath: path).lastPathComponent
        var search = try ledger.flatMap { ledger in
            let since = OperationContext.duplicateWindow(at: now)
            return try ledger.hasBatches(importedSince: since)
                ? DuplicateSearch(ledger: ledger, since: since, now: now) : nil
        }
        var people = try PeopleSearch(
            ledger: ledger, now: now, fileName: PayoutFile.suggestedReference(forFileAt: fileName),
            chosen: options.choices.formerBatch)
        file = try PayoutFile.read(from: path, named: name, options: options) { row in
            try search?.take(row)
            people.take(row)
            if let staged, let payout = row.payout { try staged.add(payout) }
        }
        try staged?.finish()
        let (comparison, findings) = try people.compare()
        if let duplicates = try search?.finish(rows: file.totals.rows, comparedWith: comparison) {
            file.add(duplicates)
        }
        if comparison?.isOfLastMonth == true { file.removeAmountsFarOff() }
        file.add(findings)
        file.comparison = comparison
    }

    /// Returns the staged rows as a new batch.
    func newBatch(as reference: BatchReference, approvalsNeeded: Int) -> NewBatch {
        guard let staged else { preconditionFailure("only a file whose rows were staged is stored") }
        return NewBatch(
            reference: reference, fileName: file.name, digest: file.digest, totals: file.totals,
            warnings: file.log.warningCounts, approvalsNeeded: approvalsNeeded, rows: staged.handOut(to:))
    }
}
