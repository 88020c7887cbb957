import Crypto
import Foundation

/// Signs the ledger's records under its key: an edit that was made without the key is found.
///
/// The key follows from the one for fingerprints, so signatures stay valid when the ledger's key is rotated.
struct RecordSeal: Sendable {
    /// HMAC-SHA-256 as RFC 2104 defines it, with the key taken into both hashes once. The library's own generic
    /// `HMAC` costs a third more for records as short as these.
    private let inner: SHA256
    private let outer: SHA256

    init(key: SymmetricKey) {
        inner = Self.hash(key, paddedWith: 0x36)
        outer = Self.hash(key, paddedWith: 0x5c)
    }

    /// - Parameter key: at most as long as a block of the hash, 64 bytes.
    private static func hash(_ key: SymmetricKey, paddedWith pad: UInt8) -> SHA256 {
        var block = [UInt8](repeating: pad, count: SHA256.blockByteCount)
        key.withUnsafeBytes { key in
            precondition(key.count <= block.count, "a key fits in a block")
            for (index, byte) in key.enumerated() { block[index] ^= byte }
        }
        var hash = SHA256()
        hash.update(data: block)
        return hash
    }

    /// Digests a record that a signature covers in its turn: 16 bytes.
    func digest(_ record: SignedFields) -> Data {
        var hash = SHA256()
        record.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Self.beginning(of: hash.finalize())
    }

    /// Signs a record: 16 bytes.
    func sign(_ record: SignedFields) -> Data {
        var (inner, outer) = (inner, outer)
        record.bytes.withUnsafeBytes { inner.update(bufferPointer: $0) }
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        return Self.beginning(of: outer.finalize())
    }

    private static func beginning(of digest: SHA256Digest) -> Data {
        digest.withUnsafeBytes { bytes in bytes.baseAddress.map { Data(bytes: $0, count: 16) } ?? Data() }
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
            let count = utf8.baseAddress.map { strnlen($0, utf8.count) } ?? 0
            bytes.append(2)
            append(UInt64(count))
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[..<count]))
        }
    }

    mutating func add(_ data: Data?) {
        guard let data else { return bytes.append(0) }
        bytes.append(3)
        append(UInt64(data.count))
        data.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ data: ArraySlice<UInt8>) {
        bytes.append(3)
        append(UInt64(data.count))
        bytes += data
    }

    /// Appends seven bits a byte, the lowest first (LEB128): most numbers are short.
    private mutating func append(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
