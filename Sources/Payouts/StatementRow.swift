package import Foundation
package import PaymentValues

/// One row of the report: the payout, its state and the reason.
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
    /// The number of the attempt, counted from 1. For a row as a whole it is the latest attempt.
    package let attempt: Int
    /// The attempt's agentTranId.
    package let id: AgentTransactionID
    /// The number of sends. For a row as a whole it covers all attempts.
    package let sends: Int
    /// The time of the last change of state.
    package let changedAt: Date
    /// The bank statement that has the payout: its last day and the document, `30.11.2026 № 1234`. A dash means that a
    /// statement should have the payout and does not.
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
