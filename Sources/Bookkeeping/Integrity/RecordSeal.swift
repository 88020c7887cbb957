import Crypto
import Foundation

/// Signs the ledger's records under its key: an edit that was made without the key is found.
///
/// The key follows from the one for fingerprints, so signatures stay valid when the ledger's key is rotated.
struct RecordSeal: Sendable {
    /// With the key taken in, which is half of the work of a signature.
    private let signatures: HMAC<SHA256>

    init(key: SymmetricKey) {
        signatures = HMAC(key: key)
    }

    /// Digests a record that a signature covers in its turn: 16 bytes.
    func digest(_ record: SignedFields) -> Data {
        unsafe SHA256.hash(data: record.bytes).withUnsafeBytes { unsafe Data($0.prefix(16)) }
    }

    /// Signs a record: 16 bytes.
    func sign(_ record: SignedFields) -> Data {
        var signature = signatures
        signature.update(data: record.bytes)
        return unsafe signature.finalize().withUnsafeBytes { unsafe Data($0.prefix(16)) }
    }
}

/// The bytes of a record that a signature covers. Each field carries its kind and length, so no two records have the same bytes.
struct SignedFields {
    private(set) var bytes: [UInt8]

    /// Which kind of record it is: a signature of one kind never serves for another.
    enum Kind: UInt8 {
        case batch = 1
        case payout, approval, correction, event, receipt, reason, binding, imported, journal
    }

    init(_ kind: Kind, capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
        bytes.append(kind.rawValue)
    }

    mutating func add(_ number: Int64?) {
        guard let number else { return bytes.append(0) }
        bytes.append(1)
        append(UInt64(bitPattern: number))
    }

    mutating func add(_ number: Int?) { add(number.map(Int64.init)) }

    mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

    mutating func add(_ text: String?) {
        guard var text else { return bytes.append(0) }
        text.withUTF8 { utf8 in
            // SQLite hands a text back as far as its first NUL.
            let stored = unsafe utf8[..<(utf8.firstIndex(of: 0) ?? utf8.endIndex)]
            bytes.append(2)
            unsafe append(UInt64(stored.count))
            unsafe bytes.append(contentsOf: stored)
        }
    }

    mutating func add(_ data: Data?) {
        guard let data else { return bytes.append(0) }
        bytes.append(3)
        append(UInt64(data.count))
        unsafe data.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func add(_ data: ArraySlice<UInt8>) {
        bytes.append(3)
        append(UInt64(data.count))
        bytes += data
    }

    private mutating func append(_ number: UInt64) {
        unsafe withUnsafeBytes(of: number.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}
