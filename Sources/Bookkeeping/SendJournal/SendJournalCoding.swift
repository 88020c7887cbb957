import Foundation
import PaymentValues

/// The format of the send journal: frames, each signed together with the signature of the frame before it.
///
///     magic (4)  length (4)  payload (length)  signature (16)  length (4)
///
/// All numbers are big-endian. The first frame is the header. The length at the end locates the last frame without
/// reading the others.
enum SendJournalCoding {
    static let overhead = 28
    static let headerMagic: [UInt8] = Array("PSJH".utf8)
    static let frameMagic: [UInt8] = Array("PSJ1".utf8)
    static let noSignature = Data(count: 16)

    static func encode(
        _ payload: [UInt8], magic: [UInt8], after signature: Data, seal: RecordSeal
    ) -> (bytes: [UInt8], signature: Data) {
        let own = sign(payload[...], magic: magic, after: signature, seal: seal)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + overhead)
        bytes += magic
        bytes.add(UInt32(payload.count))
        bytes += payload
        bytes += own
        bytes.add(UInt32(payload.count))
        return (bytes, own)
    }

    static func sign(_ payload: ArraySlice<UInt8>, magic: [UInt8], after signature: Data, seal: RecordSeal) -> Data {
        var fields = SignedFields(.journal, capacity: payload.count + 64)
        fields.add(magic[...])
        fields.add(signature)
        fields.add(payload)
        return seal.sign(fields)
    }

    static func payload(of header: SendJournalHeader) -> [UInt8] {
        var bytes: [UInt8] = [1, header.isRebuilt ? 1 : 0]
        bytes += header.ledger.bytes
        for field in [
            Array(header.home.path.utf8), Array(header.home.machine.utf8), Array(header.sealedFingerprintKey ?? Data()),
        ] {
            bytes.add(UInt32(field.count))
            bytes += field
        }
        return bytes
    }

    static func header(_ payload: ArraySlice<UInt8>) -> SendJournalHeader? {
        var reader = ByteReader(payload)
        guard reader.byte() == 1, let isRebuilt = reader.byte(), let id = reader.bytes(16), let path = reader.field(),
            let machine = reader.field(),
            let key = reader.field(), reader.isAtEnd
        else { return nil }
        return SendJournalHeader(
            ledger: LedgerID(bytes: Data(id)),
            home: LedgerHome(
                path: String(decoding: path, as: UTF8.self), machine: String(decoding: machine, as: UTF8.self)),
            sealedFingerprintKey: key.isEmpty ? nil : Data(key), isRebuilt: isRebuilt != 0)
    }

    static func payload(of frame: SendJournalFrame) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24 + frame.entries.count * 22)
        bytes.add(UInt64(bitPattern: frame.head.event))
        bytes += frame.head.signature
        for entry in frame.entries {
            switch entry {
            case .batch(let tag, let reference, let digest):
                bytes.append(1)
                bytes.add(tag.number)
                for text in [reference, digest] {
                    bytes.add(UInt32(text.utf8.count))
                    bytes += text.utf8
                }
            case .sent(let tag, let row, let id, let times):
                bytes.append(2)
                bytes.add(tag.number)
                bytes.add(UInt32(clamping: row))
                bytes.add(UInt64(bitPattern: id.number))
                bytes.add(UInt32(clamping: times))
            case .withdrawn(let tag, let row):
                bytes.append(3)
                bytes.add(tag.number)
                bytes.add(UInt32(clamping: row))
            case .closed(let tag):
                bytes.append(4)
                bytes.add(tag.number)
            case .asksFirst(let tag):
                bytes.append(5)
                bytes.add(tag.number)
            case .takenIn(let tag, let ledger, let extent):
                bytes.append(6)
                bytes.add(tag.number)
                bytes.add(ledger)
                bytes.add(extent)
            case .logMoved: bytes.append(7)
            case .rejected(let tag, let corrections):
                bytes.append(8)
                bytes.add(tag.number)
                bytes.add(UInt32(clamping: corrections))
            }
        }
        return bytes
    }

    /// Reads the ledger's head from a frame, without the entries.
    static func head(_ payload: ArraySlice<UInt8>) -> ChainHead? {
        var reader = ByteReader(payload)
        guard let event = reader.number64(), let signature = reader.bytes(16) else { return nil }
        return ChainHead(event: Int64(bitPattern: event), signature: Data(signature))
    }

    static func frame(_ payload: ArraySlice<UInt8>) -> SendJournalFrame? {
        guard let head = head(payload) else { return nil }
        var reader = ByteReader(payload.dropFirst(24))
        var entries: [SendJournalEntry] = []
        while !reader.isAtEnd {
            guard let entry = reader.entry() else { return nil }
            entries.append(entry)
        }
        return SendJournalFrame(head: head, entries: entries)
    }
}

extension [UInt8] {
    fileprivate mutating func add(_ number: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: number.bigEndian) { unsafe append(contentsOf: $0) }
    }
}

/// Reads numbers and fields in sequence. Each call returns `nil` if too few bytes are left.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number32() -> UInt32? {
        bytes(4).map { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }

    mutating func number64() -> UInt64? {
        bytes(8).map { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func field() -> ArraySlice<UInt8>? { number32().flatMap { bytes(Int($0)) } }

    private mutating func id() -> AgentTransactionID? {
        guard let number = number64() else { return nil }
        do { return try AgentTransactionID(Int64(bitPattern: number)) } catch { return nil }
    }

    fileprivate mutating func text() -> String? { field().map { String(decoding: $0, as: UTF8.self) } }

    fileprivate mutating func entry() -> SendJournalEntry? {
        guard let kind = byte() else { return nil }
        if kind == 7 { return .logMoved }
        guard let tag = number64().map(BatchTag.init(number:)) else { return nil }
        switch kind {
        case 1:
            guard let reference = text(), let digest = text() else { return nil }
            return .batch(tag, reference: reference, digest: digest)
        case 2:
            guard let row = number32(), let id = id(), let times = number32() else { return nil }
            return .sent(tag, row: Int(row), id: id, times: Int(times))
        case 3: return number32().map { .withdrawn(tag, row: Int($0)) }
        case 4: return .closed(tag)
        case 5: return .asksFirst(tag)
        case 6:
            guard let ledger = number64(), let extent = number64() else { return nil }
            return .takenIn(tag, from: ledger, extent: extent)
        case 8: return number32().map { .rejected(tag, corrections: Int($0)) }
        default: return nil
        }
    }
}
