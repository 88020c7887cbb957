import Foundation

/// Where the bank listens, taken apart once.
struct BankAddress: Sendable {
    let isTLS: Bool
    let host: String
    let port: Int
    /// The `Host` header.
    let authority: String
    /// Before the path of each method; mostly empty.
    let basePath: String

    /// The name that its certificate must be for; `nil` where the host is a number, which is then held against the certificate.
    var serverName: String? {
        let isNumber = host.contains(":") || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
        return isNumber ? nil : host
    }

    /// `nil` where the text is no `http` or `https` address, or its host cannot be a header.
    init?(_ text: String) {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, let scheme = url.scheme,
            ["http", "https"].contains(scheme.lowercased()),
            // The host becomes a header: whatever could end the header's line is refused.
            host.utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        isTLS = scheme.lowercased() == "https"
        // An address of IPv6 stands in brackets, which belong to the header and not to the host.
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = url.port ?? (isTLS ? 443 : 80)
        let named = self.host.contains(":") ? "[\(self.host)]" : self.host
        authority = url.port.map { "\(named):\($0)" } ?? named
        basePath =
            url.percentEncodedPath.hasSuffix("/") ? String(url.percentEncodedPath.dropLast()) : url.percentEncodedPath
    }
}
