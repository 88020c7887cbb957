package import PaymentValues

/// The rules for checking a payout file.
package struct PayoutFileOptions: Hashable, Sendable {
    /// The current month, 1 to 12. Cards are checked against it and the current year.
    package var month: Int
    package var year: Int
    /// The largest amount of one row.
    package var maximumRow: Tiyin?
    /// The largest total of the whole file.
    package var maximumBatch: Tiyin?
    /// The largest size of a file, in bytes.
    package var maximumBytes = 256 << 20
    /// The largest size of a row, in bytes.
    package var maximumRowBytes = 1 << 16
    /// The largest number of payouts in a file.
    package var maximumRows = 2_000_000
    /// The answers of a person or a setting to what the file leaves open.
    package var choices = FileChoices()

    package init(month: Int, year: Int, maximumRow: Tiyin? = nil, maximumBatch: Tiyin? = nil) {
        self.month = month
        self.year = year
        self.maximumRow = maximumRow
        self.maximumBatch = maximumBatch
    }
}
