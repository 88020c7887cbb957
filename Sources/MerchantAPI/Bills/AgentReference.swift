public import PaymentValues

/// The agent's own id of a transaction as text (`agentTranId`; BM-MERCHANT-API 6.1, methods 6 and 14).
public struct AgentReference: Hashable, Sendable, CustomStringConvertible {
    /// The id: 1 to 100 printable ASCII characters.
    public let text: String

    /// Takes 1 to 100 printable ASCII characters. The document sets no limits. These limits keep the id unchanged when
    /// it is copied.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ text: String) throws(Invalid) {
        guard (1...100).contains(text.utf8.count), text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw Invalid()
        }
        self.text = text
    }

    /// Takes a payout's id.
    public init(_ id: AgentTransactionID) {
        text = String(id.number)
    }

    /// An error for a text that is not 1 to 100 printable ASCII characters.
    public struct Invalid: Error, Hashable {}

    /// The id as text.
    public var description: String { text }
}
