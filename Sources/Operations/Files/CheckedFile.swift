import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// A payout file that was read and checked in one pass, with its rows staged for an import if somebody means to store them.
package struct CheckedFile: Sendable {
    package let path: String
    package let options: PayoutFileOptions
    package private(set) var file: PayoutFile
    private let staged: StagedPayouts?

    /// - Parameters:
    ///   - name: what the file is called, where that is not its name on the disk.
    ///   - ledger: where the payouts of other batches are looked up; `nil` where there is none.
    ///   - staged: takes the rows as they are read.
    /// - Throws: `PayoutFileError` where there is no such file, or it cannot be read.
    init(
        _ path: String, named name: String?, options: PayoutFileOptions, ledger: Ledger?, importedSince: Date,
        staged: StagedPayouts?
    ) throws {
        self.path = path
        self.options = options
        self.staged = staged
        var search = try ledger.flatMap { ledger in
            try ledger.hasBatches(importedSince: importedSince)
                ? DuplicateSearch(ledger: ledger, since: importedSince) : nil
        }
        file = try PayoutFile.read(from: path, named: name, options: options) { row in
            try search?.take(row)
            if let staged, let payout = row.payout { try staged.add(payout) }
        }
        try staged?.finish()
        if let duplicates = try search?.finish() { file.add(duplicates) }
    }

    /// Returns the batch that the staged rows become.
    func newBatch(as reference: BatchReference, needsApproval: Bool) -> NewBatch {
        guard let staged else { preconditionFailure("only a file whose rows were staged is stored") }
        return NewBatch(
            reference: reference, fileName: file.name, digest: file.digest, totals: file.totals,
            warnings: file.log.warningCounts, needsApproval: needsApproval, rows: staged.forEach)
    }
}
