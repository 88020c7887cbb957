/// Carries a request to the bank and its answer back: ``HTTPTransport`` over the network, or a test's network in
/// memory.
package protocol Transport: Sendable {
    /// Sends a request once and returns its whole answer.
    func carry(_ request: WireRequest) async throws(MerchantError.Cause) -> RawAnswer

    /// Closes all connections.
    func shutdown() async throws
}

/// One request to the bank.
package struct WireRequest: Sendable {
    package let verb: Verb
    /// The path below the bank's address, such as `/api/ext/user/login`.
    package let path: String
    /// The body as JSON. It is empty unless the verb is ``Verb/post``.
    package let body: String
    /// The value of the `Authorization` header. Never show it.
    package let authorization: String?

    package enum Verb: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
    }
}
