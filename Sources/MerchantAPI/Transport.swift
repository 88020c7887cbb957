/// How a request reaches the bank and its answer comes back: ``Exchange`` in earnest, a network in memory where a test
/// plays out faults in its own time.
package protocol Transport: Sendable {
    /// Sends a request once and returns its whole answer.
    func post(_ request: WireRequest) async throws(MerchantError) -> RawAnswer

    /// Closes all connections.
    func shutdown() async throws
}

/// One POST to the bank.
package struct WireRequest: Sendable {
    /// Below the bank's address, such as `/api/ext/user/login`.
    package let path: String
    /// JSON.
    package let body: String
    /// The value of the `Authorization` header. Never to be shown.
    package let authorization: String?
}
