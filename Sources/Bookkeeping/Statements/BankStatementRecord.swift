package import Foundation
package import PaymentValues
package import Payouts
package import Statements

/// A bank statement that was compared with the ledger.
package struct BankStatementRecord: Hashable, Sendable {
    package let id: Int64
    package let at: Date
    package let who: String
    package let digest: FileDigest
    package let fileName: String
    package let statement: BankStatement
    /// Whether no difference was left for people to settle. Then the period is closed.
    package let isAgreed: Bool
}

/// A payout's place on a bank's statement.
package struct StatementPlace: Hashable, Sendable {
    /// The last day of the statement. People use it to name the statement.
    package let statementDay: CalendarDay
    package let outcome: MatchOutcome
    package let evidence: MatchEvidence
    /// The document's number. It is empty if the statement does not have the payout.
    package let document: String
    package let day: CalendarDay?
}

/// The days of one account for which statements are looked up, in the ledger's time.
package struct StatementSpan: Sendable {
    package let account: SettlementAccount
    package let from: Date
    package let to: Date
    /// Converts a moment into a day.
    package let day: @Sendable (Date) -> CalendarDay

    package init(
        account: SettlementAccount, from: Date, to: Date, day: @escaping @Sendable (Date) -> CalendarDay
    ) {
        self.account = account
        self.from = from
        self.to = to
        self.day = day
    }
}
