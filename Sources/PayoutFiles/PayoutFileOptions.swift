import Payouts

/// What a payout file is checked against.
package struct PayoutFileOptions: Hashable, Sendable {
    /// The month of today, 1 to 12, and its year: cards are checked against them.
    package var month: Int
    package var year: Int
    /// The most that one row may pay.
    package var maximumRow: Tiyin?
    /// The most that the whole file may pay.
    package var maximumBatch: Tiyin?
    /// The largest file that is read, in bytes.
    package var maximumBytes: Int

    package init(
        month: Int, year: Int, maximumRow: Tiyin? = nil, maximumBatch: Tiyin? = nil,
        maximumBytes: Int = 256 * 1024 * 1024
    ) {
        self.month = month
        self.year = year
        self.maximumRow = maximumRow
        self.maximumBatch = maximumBatch
        self.maximumBytes = maximumBytes
    }
}
