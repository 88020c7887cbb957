import Foundation
import Payouts

/// The base URL of the bank's API.
package struct BankAddress: Sendable {
    package let url: URL

    /// Takes a URL that the program made itself.
    package init(_ url: URL) {
        self.url = url
    }

    /// Returns `nil` unless the text is an `http` or `https` URL with an ASCII host, and without a user name or password.
    package init?(_ text: String) {
        guard let url = URL(string: text), let host = url.host, !host.isEmpty,
            ["https", "http"].contains(url.scheme?.lowercased()),
            url.user == nil, url.password == nil, host.utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        self.url = url
    }

    /// Whether requests leave this machine without encryption.
    package var isExposed: Bool { url.scheme?.lowercased() == "http" && !isLoopback }

    private var isLoopback: Bool {
        guard let host = url.host else { return false }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || (isIPv4 && parts[0] == "127")
    }
}

extension BankAddress: CustomStringConvertible {
    /// The normalized scheme, host, port and path. The ledger binds a batch to them: two ports of one host are two banks.
    package var description: String {
        let host = url.host ?? ""
        let named = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        let port = url.port.map { ":\($0)" } ?? ""
        let text = "\(url.scheme ?? "")://\(named)\(port)\(url.path)"
        return BankIdentity(address: text, isSandbox: false).recorded
    }
}
