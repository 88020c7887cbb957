package import Foundation
package import PaymentValues

/// One row of the report: the payout, where it stands and why.
package struct StatementRow: Hashable, Sendable {
    package let row: Int
    package let account: SettlementAccount
    package let bankCode: BankCode
    package let maskedCard: String
    package let name: String?
    package let rowKey: String?
    package let amount: Tiyin
    package let state: PayoutState
    package let reason: Reason?
    package let receipt: BankReceipt?
    /// The number of the attempt that is told of, 1 for the first: the latest, where the row as a whole is meant.
    package let attempt: Int
    /// The attempt's key.
    package let id: AgentTransactionID
    /// How often it was sent to the bank; for a row as a whole, over all its attempts.
    package let sends: Int
    /// When the state was last changed.
    package let changedAt: Date
    /// The bank's statement that has the payout, by its last day, and the document: `30.11.2026 № 1234`. A dash stands
    /// for a statement that should have it and does not.
    package var onStatement: String?

    package init(
        row: Int, account: SettlementAccount, bankCode: BankCode, maskedCard: String, name: String?, rowKey: String?,
        amount: Tiyin, state: PayoutState, reason: Reason?, receipt: BankReceipt?, attempt: Int, id: AgentTransactionID,
        sends: Int, changedAt: Date
    ) {
        self.row = row
        self.account = account
        self.bankCode = bankCode
        self.maskedCard = maskedCard
        self.name = name
        self.rowKey = rowKey
        self.amount = amount
        self.state = state
        self.reason = reason
        self.receipt = receipt
        self.attempt = attempt
        self.id = id
        self.sends = sends
        self.changedAt = changedAt
    }
}
