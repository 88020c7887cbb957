package import PaymentValues

/// One line of a bank statement. Texts stay UTF-8 bytes, because a statement can have a million lines.
package struct StatementLine: Sendable {
    /// The position in the file: the line of a text, or the row of a table.
    package var place = 0
    /// The number of the bank's document.
    package var document: [UInt8] = []
    package var day = CalendarDay(number: 0)
    /// Whether money left the account.
    package var isDebit = false
    /// Whether the bank marked the line as the reversal of an earlier one.
    package var isReversal = false
    package var amount = Tiyin.zero
    package var counterAccount: [UInt8] = []
    package var counterName: [UInt8] = []
    package var purpose: [UInt8] = []

    package init() {}

    /// Empties the line and keeps its memory.
    mutating func clear() {
        place = 0
        document.removeAll(keepingCapacity: true)
        counterAccount.removeAll(keepingCapacity: true)
        counterName.removeAll(keepingCapacity: true)
        purpose.removeAll(keepingCapacity: true)
        amount = .zero
        isDebit = false
        isReversal = false
    }
}
