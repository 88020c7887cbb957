package import Payouts

/// A checked payout file, ready to be imported.
package struct NewBatch: Sendable {
    /// Calls back with each payout, in the file's order. A file may have too many rows to hold in memory.
    package typealias Rows = @Sendable ((Payout) throws -> Void) throws -> Void

    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let totals: ControlTotals
    /// The number of warnings of each kind. Nobody has accepted them yet.
    package let warnings: [WarningKind: Int]
    /// The number of people who must approve the batch before it is sent.
    package let approvalsNeeded: Int
    package let rows: Rows

    package init(
        reference: BatchReference, fileName: String, digest: FileDigest, totals: ControlTotals,
        warnings: [WarningKind: Int] = [:], approvalsNeeded: Int = 0, rows: @escaping Rows
    ) {
        self.reference = reference
        self.fileName = fileName
        self.digest = digest
        self.totals = totals
        self.warnings = warnings
        self.approvalsNeeded = approvalsNeeded
        self.rows = rows
    }

    /// Returns the same batch under another name.
    func named(_ reference: BatchReference) -> NewBatch {
        NewBatch(
            reference: reference, fileName: fileName, digest: digest, totals: totals, warnings: warnings,
            approvalsNeeded: approvalsNeeded, rows: rows)
    }
}
