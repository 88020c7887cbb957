import Payouts

/// A checked payout file on its way into the ledger.
package struct NewBatch: Sendable {
    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let totals: ControlTotals
    package let payouts: [Payout]
    /// How many warnings the file has, none of them accepted yet.
    package let warnings: Int

    package init(
        reference: BatchReference, fileName: String, digest: FileDigest, totals: ControlTotals, payouts: [Payout],
        warnings: Int = 0
    ) {
        self.reference = reference
        self.fileName = fileName
        self.digest = digest
        self.totals = totals
        self.payouts = payouts
        self.warnings = warnings
    }
}
