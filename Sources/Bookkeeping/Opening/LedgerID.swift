import Crypto
import Foundation

/// The identity of a ledger, independent of its path: 16 random bytes, created with the ledger.
struct LedgerID: Hashable, Sendable {
    let bytes: Data

    static func random() -> LedgerID {
        unsafe LedgerID(bytes: SymmetricKey(size: .bits128).withUnsafeBytes { unsafe Data($0) })
    }

    /// The first 16 hexadecimal digits, for file names.
    var short: String { bytes.prefix(8).map { String(format: "%02x", $0) }.joined() }
}
