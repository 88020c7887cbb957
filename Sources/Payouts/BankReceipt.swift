package import PaymentValues

/// The bank's data about a paid row, as it came. Nothing is computed from it: the document does not say whether a
/// commission of 0.4 is a percentage or an amount.
package struct BankReceipt: Hashable, Sendable {
    /// The bank's id of the payment (`bmId` or `bmlId`).
    package let bmID: Int64
    /// The sender's `commission` in the bank's own digits. The document does not state its unit.
    package let commission: String?
    /// The sender's `commissionAmount`, in tiyin.
    package let commissionAmount: Tiyin?
    /// The value of `EXT_ID` on the sender's side.
    package let senderExtID: String?
    /// The value of `EXT_ID` on the recipient's side.
    package let recipientExtID: String?

    package init(
        bmID: Int64, commission: String? = nil, commissionAmount: Tiyin? = nil, senderExtID: String? = nil,
        recipientExtID: String? = nil
    ) {
        self.bmID = bmID
        self.commission = commission
        self.commissionAmount = commissionAmount
        self.senderExtID = senderExtID
        self.recipientExtID = recipientExtID
    }
}
