import Foundation
import MerchantAPI
import Payouts

extension BankAddress {
    /// The normalized scheme, host, port and path. The ledger binds a batch to this text. Two ports of one host are two
    /// banks.
    package var identity: String {
        let (origin, path) = (description.dropLast(basePath.count), basePath.removingPercentEncoding ?? basePath)
        return BankIdentity(address: origin + path, isSandbox: false).recorded
    }

    /// Whether requests leave this machine without encryption.
    package var isExposed: Bool { !isTLS && !isLoopback }

    private var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host.lowercased() == "localhost" || host == "::1" || (isIPv4 && parts[0] == "127")
    }
}
