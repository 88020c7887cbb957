/// One line of a statement that the sandbox issues.
package struct StatementEntry: Sendable, Equatable {
    package var number: String
    /// The day, such as `2026-11-30`.
    package var day: String
    package var isDebit: Bool
    package var tiyin: Int64
    package var counterAccount: String
    package var counterName: String
    package var purpose: String
    /// Whether the line reverses an earlier line.
    package var isReversal: Bool

    package init(
        number: String, day: String, isDebit: Bool, tiyin: Int64, counterAccount: String, counterName: String,
        purpose: String, isReversal: Bool = false
    ) {
        self.number = number
        self.day = day
        self.isDebit = isDebit
        self.tiyin = tiyin
        self.counterAccount = counterAccount
        self.counterName = counterName
        self.purpose = purpose
        self.isReversal = isReversal
    }
}
