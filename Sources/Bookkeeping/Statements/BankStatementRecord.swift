package import Foundation
package import PaymentValues
package import Payouts
package import Statements

/// A bank's statement that was held against the ledger.
package struct BankStatementRecord: Hashable, Sendable {
    package let id: Int64
    package let at: Date
    package let who: String
    package let digest: FileDigest
    package let fileName: String
    package let statement: BankStatement
    /// Whether nothing was left to a person. The period is then closed.
    package let isAgreed: Bool
}

/// A payout's place on a bank's statement.
package struct StatementPlace: Hashable, Sendable {
    /// The last day of the statement, by which people name it.
    package let statementDay: CalendarDay
    package let outcome: MatchOutcome
    package let evidence: MatchEvidence
    /// Empty where the statement does not have the payout.
    package let document: String
    package let day: CalendarDay?
}

/// The days of one account of which statements are to be found, in the ledger's time.
package struct StatementSpan: Sendable {
    package let account: SettlementAccount
    package let from: Date
    package let to: Date
    /// Turns a moment into a day.
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
