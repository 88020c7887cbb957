import Foundation
import MerchantAPI

/// How the bank is reached. Never shown whole.
struct BankSettings: Sendable {
    let url: URL
    let username: String
    let password: Password

    /// What a batch is bound to. A loopback bank is a test or a tunnel, whose port means nothing.
    var address: String {
        if isLoopback { return "loopback" }
        let port = url.port.map { ":\($0)" } ?? ""
        let path = url.path == "/" ? "" : url.path
        return "\(url.scheme ?? "")://\(url.host?.lowercased() ?? "")\(port)\(path)"
    }

    func client(timeout: Duration, connections: Int) -> MerchantClient {
        MerchantClient(
            configuration: MerchantClient.Configuration(
                baseURL: url.absoluteString, username: username, password: password, requestTimeout: timeout,
                maximumConnections: connections))
    }

    /// Whether what is sent could be read on the way.
    var isExposed: Bool { url.scheme == "http" && !isLoopback }

    private var isLoopback: Bool {
        guard let host = url.host else { return false }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || (isIPv4 && parts[0] == "127")
    }
}
