/// A batch that the send journal has and the ledger has not.
package struct ForgottenBatch: Hashable, Sendable {
    package let reference: String
    package let sentRows: Int
    /// Whether nothing was left to send.
    package let isClosed: Bool
}
