/// A batch that the send journal knows and the ledger does not have.
package struct ForgottenBatch: Hashable, Sendable {
    package let reference: String
    package let sentRows: Int
    /// Whether nothing of the batch was left to send.
    package let isClosed: Bool
}
