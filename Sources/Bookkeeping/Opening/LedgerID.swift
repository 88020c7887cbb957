import Crypto
import Foundation

/// Names a ledger, wherever its file lies: 16 random bytes, made with the ledger.
struct LedgerID: Hashable, Sendable {
    let bytes: Data

    static func random() -> LedgerID {
        unsafe LedgerID(bytes: SymmetricKey(size: .bits128).withUnsafeBytes { unsafe Data($0) })
    }

    /// As file names show it: the first 16 hexadecimal digits.
    var short: String { bytes.prefix(8).map { String(format: "%02x", $0) }.joined() }
}
