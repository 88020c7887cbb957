package import Foundation

/// A request as it arrives, before the bank processes it.
package struct ArrivedRequest: Sendable {
    package var method: String
    package var path: String
    package var authorization: String?
    package var contentType: String?
    package var body: Data
    /// Whether its connection has served an earlier request. Only such a connection can turn out to be dead.
    package var isOnUsedConnection: Bool

    /// The largest size of a body. The bank rejects longer bodies. A transport needs to pass on only one byte more.
    package static let largestBodyBytes = 1 << 20

    package init(
        method: String = "POST", path: String, authorization: String? = nil, contentType: String? = "application/json",
        body: Data = Data(), isOnUsedConnection: Bool = true
    ) {
        self.method = method
        self.path = path
        self.authorization = authorization
        self.contentType = contentType
        self.body = body
        self.isOnUsedConnection = isOnUsedConnection
    }
}
