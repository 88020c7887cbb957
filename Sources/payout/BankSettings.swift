import Foundation
import MerchantAPI
import Payouts

/// How the bank is reached. Never shown whole.
struct BankSettings: Sendable {
    let url: URL
    let username: String
    let password: Password

    /// Scheme, host, port and path: what a batch is bound to. Two ports of one host are two banks.
    var address: String {
        let host = url.host ?? ""
        let named = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        let port = url.port.map { ":\($0)" } ?? ""
        let text = "\(url.scheme ?? "")://\(named)\(port)\(url.path)"
        return BankIdentity(address: text, isSandbox: false).recorded
    }

    func client(timeout: Duration, connections: Int) throws -> MerchantClient {
        try MerchantClient(
            configuration: MerchantClient.Configuration(
                address: BankAddress(url.absoluteString), username: username, password: password,
                requestTimeout: timeout,
                maximumConnections: connections))
    }

    /// Whether what is sent could be read on the way.
    var isExposed: Bool { url.scheme?.lowercased() == "http" && !isLoopback }

    private var isLoopback: Bool {
        guard let host = url.host else { return false }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || (isIPv4 && parts[0] == "127")
    }
}
