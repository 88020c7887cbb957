package import PaymentValues

/// The control totals of a payout file: the number of rows and the total amount (ISO 20022 NbOfTxs and CtrlSum).
package struct ControlTotals: Hashable, Sendable {
    package var rows: Int
    package var sum: Tiyin

    package static let zero = ControlTotals(rows: 0, sum: .zero)

    package init(rows: Int, sum: Tiyin) {
        self.rows = rows
        self.sum = sum
    }

    /// Adds one row.
    /// - Throws: ``Tiyin/Overflow``
    package mutating func add(_ amount: Tiyin) throws(Tiyin.Overflow) {
        sum = try sum.adding(amount)
        rows += 1
    }

    /// Returns both totals together.
    /// - Throws: ``Tiyin/Overflow``
    package func adding(_ other: ControlTotals) throws(Tiyin.Overflow) -> ControlTotals {
        ControlTotals(rows: rows + other.rows, sum: try sum.adding(other.sum))
    }
}
