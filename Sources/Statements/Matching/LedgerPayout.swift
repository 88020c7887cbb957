package import PaymentValues

/// One attempt of the ledger, with the data by which a bank statement can name it.
package struct LedgerPayout: Hashable, Sendable {
    /// The caller's own number of the batch.
    package var batch: Int
    package var row: Int
    package var attempt: Int
    package var standing: Standing
    package var amount: Tiyin
    /// The commission. `nil` if the bank did not state it.
    package var commission: Tiyin?
    /// The day on which the request was sent to the bank.
    package var day: CalendarDay
    package var agentTranID: AgentTransactionID
    package var bmID: Int64?
    package var extIDs: [String]
    /// The card's first six digits, six asterisks, and last four digits.
    package var maskedCard: String
    package var name: String?

    package enum Standing: UInt8, Hashable, Sendable {
        case paid
        /// The ledger does not call the attempt paid: it is unknown, in dispute, refused, or never answered.
        case notPaid
        /// The attempt is paid, and was found on another statement.
        case onOtherStatement
    }

    package init(
        batch: Int, row: Int, attempt: Int = 1, standing: Standing = .paid, amount: Tiyin, commission: Tiyin? = nil,
        day: CalendarDay, agentTranID: AgentTransactionID, bmID: Int64? = nil, extIDs: [String] = [],
        maskedCard: String, name: String? = nil
    ) {
        self.batch = batch
        self.row = row
        self.attempt = attempt
        self.standing = standing
        self.amount = amount
        self.commission = commission
        self.day = day
        self.agentTranID = agentTranID
        self.bmID = bmID
        self.extIDs = extIDs
        self.maskedCard = maskedCard
        self.name = name
    }
}
