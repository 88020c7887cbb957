/// How a request reaches the bank and its answer comes back: ``Exchange`` in earnest, a network in memory where a test
/// plays out faults in its own time.
package protocol Transport: Sendable {
    /// Sends a request once and returns its whole answer.
    func carry(_ request: WireRequest) async throws(MerchantError) -> RawAnswer

    /// Closes all connections.
    func shutdown() async throws
}

/// One request to the bank.
package struct WireRequest: Sendable {
    package let verb: Verb
    /// Below the bank's address, such as `/api/ext/user/login`.
    package let path: String
    /// JSON; empty with ``Verb/get``.
    package let body: String
    /// The value of the `Authorization` header. Never to be shown.
    package let authorization: String?

    package enum Verb: String, Sendable {
        case get = "GET"
        case post = "POST"
    }
}
