import Crypto
import Foundation

/// Signs the ledger's records with a key, so that an edit without the key is detected.
///
/// The key is derived from the fingerprint key. So signatures stay valid when the ledger's key is rotated.
struct RecordSeal: Sendable {
    /// The two hashes of HMAC-SHA-256 (RFC 2104), which have already absorbed the key. The library's generic `HMAC`
    /// takes a third more time for such short records.
    private let inner: SHA256
    private let outer: SHA256

    init(key: SymmetricKey) {
        inner = Self.hash(key, paddedWith: 0x36)
        outer = Self.hash(key, paddedWith: 0x5c)
    }

    /// Starts a hash with a padded key.
    /// - Parameter key: no longer than one block of the hash, 64 bytes.
    private static func hash(_ key: SymmetricKey, paddedWith pad: UInt8) -> SHA256 {
        var block = [UInt8](repeating: pad, count: SHA256.blockByteCount)
        unsafe key.withUnsafeBytes { key in
            precondition(key.count <= block.count, "a key fits in a block")
            for index in key.indices { unsafe block[index] ^= key[index] }
        }
        var hash = SHA256()
        hash.update(data: block)
        return hash
    }

    /// Returns a digest of 16 bytes, for a record that is part of a signed record.
    func digest(_ record: SignedFields) -> Data {
        var hash = SHA256()
        unsafe record.bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Self.beginning(of: hash.finalize())
    }

    /// Returns a signature of 16 bytes.
    func sign(_ record: SignedFields) -> Data {
        var (inner, outer) = (inner, outer)
        unsafe record.bytes.withUnsafeBytes { unsafe inner.update(bufferPointer: $0) }
        unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
        return Self.beginning(of: outer.finalize())
    }

    private static func beginning(of digest: SHA256Digest) -> Data {
        unsafe digest.withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe Data(bytes: $0, count: 16) } ?? Data()
        }
    }
}

/// The bytes of a record that its signature covers. Each field includes its type and length, so different records
/// always have different bytes.
struct SignedFields {
    private(set) var bytes: [UInt8]

    /// The kind of the record. A signature of one kind is never valid for another.
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
            // SQLite returns a text only up to its first NUL.
            let count = unsafe utf8.baseAddress.map { unsafe strnlen($0, utf8.count) } ?? 0
            bytes.append(2)
            append(UInt64(count))
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[..<count]))
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

    /// Appends seven bits per byte, lowest first (LEB128), because most numbers are small.
    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
