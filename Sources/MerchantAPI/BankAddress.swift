import Foundation

/// The address of the bank: scheme, host, port, and a base path if the bank's methods are not at the root.
///
///     let address = try BankAddress("https://bank.example:8443")
public struct BankAddress: Hashable, Sendable {
    package let isTLS: Bool
    /// The host, without the brackets of an IPv6 address.
    package let host: String
    let port: Int
    /// The value of the `Host` header.
    let authority: String
    /// The path before the path of each method. It is mostly empty.
    package let basePath: String

    /// Parses an address.
    /// - Parameter text: an `http` or `https` URL without a user name, a password, a query or a fragment.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ text: String) throws(Invalid) {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty,
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil,
            // The host goes into a header: refuse characters that could end the header's line.
            host.utf8.allSatisfy({ (33...126).contains($0) })
        else { throw Invalid() }
        isTLS = scheme == "https"
        // The brackets of an IPv6 address belong to the header, not to the host.
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = url.port ?? (isTLS ? 443 : 80)
        let named = self.host.contains(":") ? "[\(self.host)]" : self.host
        authority = url.port.map { "\(named):\($0)" } ?? named
        let path = url.percentEncodedPath
        basePath = path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// An error for a text that is not the address of a bank.
    public struct Invalid: Error, Hashable, CustomStringConvertible {
        /// Describes what an address looks like.
        public var description: String {
            "the bank's address must look like https://bank.example:8443, in Latin letters, without a user name or password"
        }
    }
}

extension BankAddress {
    /// The name that the bank's certificate must have. `nil` for an IP address: the certificate must then have that
    /// address.
    var serverName: String? {
        let isNumber = host.contains(":") || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
        return isNumber ? nil : host
    }
}

extension BankAddress: CustomStringConvertible {
    /// The address as a URL.
    public var description: String { "\(isTLS ? "https" : "http")://\(authority)\(basePath)" }
}
