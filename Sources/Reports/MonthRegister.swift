package import PaymentValues
package import Payouts

/// The payouts of a month: one line for each batch, and the totals of each account and day.
package struct MonthRegister: Sendable {
    /// The month, such as `2026-11`.
    package let month: String
    package let batches: [Batch]
    package let days: [Day]
    package let total: Line
    /// Whether the month agrees with the statements. `nil` if no statement was compared with the month.
    package let isAgreed: Bool?
    /// The paid rows that no statement has, or that people must still check.
    package let notAgreed: ControlTotals
    /// The paid rows that were added to a closed period.
    package let changedAfterClosing: ControlTotals
    /// The statements that overlap the month, by account and period.
    package let statements: [String]

    package struct Line: Sendable {
        package var rows = 0
        package var paid = ControlTotals.zero
        package var commission = Tiyin.zero
        package var refused = 0
        package var unknown = 0
        package var returned = ControlTotals.zero

        package init() {}
    }

    package struct Batch: Sendable {
        package let reference: String
        package let fileName: String
        /// The day on which the batch's first row of the month was sent.
        package let day: String
        package var line: Line

        package init(reference: String, fileName: String, day: String, line: Line) {
            self.reference = reference
            self.fileName = fileName
            self.day = day
            self.line = line
        }
    }

    package struct Day: Sendable {
        package let account: String
        package let day: String
        package var paid: ControlTotals
        package var commission: Tiyin

        package init(account: String, day: String, paid: ControlTotals, commission: Tiyin) {
            self.account = account
            self.day = day
            self.paid = paid
            self.commission = commission
        }
    }

    package init(
        month: String, batches: [Batch], days: [Day], total: Line, isAgreed: Bool?, notAgreed: ControlTotals,
        changedAfterClosing: ControlTotals, statements: [String]
    ) {
        self.month = month
        self.batches = batches
        self.days = days
        self.total = total
        self.isAgreed = isAgreed
        self.notAgreed = notAgreed
        self.changedAfterClosing = changedAfterClosing
        self.statements = statements
    }
}
