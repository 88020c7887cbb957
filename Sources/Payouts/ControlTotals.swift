package import PaymentValues

/// The two numbers by which a payout file is known: how many rows, and their sum (ISO 20022 NbOfTxs and CtrlSum).
package struct ControlTotals: Hashable, Sendable {
    package var rows: Int
    package var sum: Tiyin

    package static let zero = ControlTotals(rows: 0, sum: .zero)

    package init(rows: Int, sum: Tiyin) {
        self.rows = rows
        self.sum = sum
    }

    /// - Throws: ``Tiyin/Overflow``
    package mutating func add(_ amount: Tiyin) throws(Tiyin.Overflow) {
        sum = try sum.adding(amount)
        rows += 1
    }

    /// - Throws: ``Tiyin/Overflow``
    package func adding(_ other: ControlTotals) throws(Tiyin.Overflow) -> ControlTotals {
        ControlTotals(rows: rows + other.rows, sum: try sum.adding(other.sum))
    }
}
