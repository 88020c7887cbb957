package import PaymentValues
package import Statements

/// The reason why a bank's statement is not used. Nothing was stored.
package enum StatementError: Error, Hashable {
    case rejected(name: String, StatementRejected)
    /// The period overlaps with one that was recorded.
    case overlaps(ClosedRange<CalendarDay>, fileName: String, isAgreed: Bool)
    /// Days between two statements are missing.
    case missingDays(ClosedRange<CalendarDay>)
    /// The balances of two statements in a row differ.
    case balancesDiffer(day: CalendarDay, Tiyin, Tiyin)
    /// The ledger has no row that is paid from this account.
    case unknownAccount(SettlementAccount)
    case badMonth(String)
}
