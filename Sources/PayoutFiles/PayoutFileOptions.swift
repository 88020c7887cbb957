package import PaymentValues

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
    package var maximumBytes = 256 << 20
    /// The longest row that is read, in bytes.
    package var maximumRowBytes = 1 << 16
    /// The most payouts that a file may have.
    package var maximumRows = 2_000_000
    /// The sheet of a workbook that is read; `nil` for the one whose header fits.
    package var sheet: String?

    package init(month: Int, year: Int, maximumRow: Tiyin? = nil, maximumBatch: Tiyin? = nil) {
        self.month = month
        self.year = year
        self.maximumRow = maximumRow
        self.maximumBatch = maximumBatch
    }
}
