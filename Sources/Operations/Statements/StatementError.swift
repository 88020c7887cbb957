package import PaymentValues
package import Statements

/// The reason why a bank statement is refused. Nothing was stored.
package enum StatementError: Error, Hashable {
    case rejected(name: String, StatementRejected)
    /// The period overlaps a recorded one.
    case overlaps(ClosedRange<CalendarDay>, fileName: String, isAgreed: Bool)
    /// Days between two statements are missing.
    case missingDays(ClosedRange<CalendarDay>)
    /// The closing balance of one statement differs from the opening balance of the next.
    case balancesDiffer(day: CalendarDay, Tiyin, Tiyin)
    /// No row in the ledger has this sender account.
    case unknownAccount(SettlementAccount)
    case badMonth(String)
}
