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
    /// Whether a second person must approve the batch before it is sent.
    package let needsApproval: Bool
    package let rows: Rows

    package init(
        reference: BatchReference, fileName: String, digest: FileDigest, totals: ControlTotals,
        warnings: [WarningKind: Int] = [:], needsApproval: Bool = false, rows: @escaping Rows
    ) {
        self.reference = reference
        self.fileName = fileName
        self.digest = digest
        self.totals = totals
        self.warnings = warnings
        self.needsApproval = needsApproval
        self.rows = rows
    }

    /// Returns the same batch under another name.
    func named(_ reference: BatchReference) -> NewBatch {
        NewBatch(
            reference: reference, fileName: fileName, digest: digest, totals: totals, warnings: warnings,
            needsApproval: needsApproval, rows: rows)
    }
}
