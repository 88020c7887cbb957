package import Payouts

/// A checked payout file on its way into the ledger.
package struct NewBatch: Sendable {
    /// Calls back with each payout, in the file's order: a file may have too many to hold at once.
    package typealias Rows = @Sendable ((Payout) throws -> Void) throws -> Void

    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let totals: ControlTotals
    /// What the file was warned of, and how often; nothing of it is accepted yet.
    package let warnings: [WarningKind: Int]
    /// Whether it is sent only after a second person approved it.
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

    /// The same under another name.
    func named(_ reference: BatchReference) -> NewBatch {
        NewBatch(
            reference: reference, fileName: fileName, digest: digest, totals: totals, warnings: warnings,
            needsApproval: needsApproval, rows: rows)
    }
}
