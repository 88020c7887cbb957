import Foundation

/// Reads the frames of a send journal, and accepts only those signed with its key.
struct SendJournalReader {
    let seal: RecordSeal

    struct Whole {
        let parsed: (header: SendJournalHeader, contents: SendJournalContents)
        let end: Int
        let lastSignature: Data
    }

    func read(_ bytes: [UInt8]) throws -> Whole {
        var contents = SendJournalContents()
        let (header, end, signature) = try follow(bytes) { payload in
            guard let frame = SendJournalCoding.frame(payload) else { throw SendJournal.Unusable.damaged }
            contents.take(frame)
        }
        guard !contents.heads.isEmpty else { throw SendJournal.Unusable.damaged }
        return Whole(parsed: (header, contents), end: end, lastSignature: signature)
    }

    /// Reads a damaged journal up to its first bad frame. The frames before it can be trusted.
    func readBeginning(of bytes: [UInt8]) -> SendJournalContents {
        var contents = SendJournalContents()
        do {
            try follow(bytes) { payload in
                guard let frame = SendJournalCoding.frame(payload) else { throw SendJournal.Unusable.damaged }
                contents.take(frame)
            }
        } catch {
            // Keep the frames before the damage.
        }
        return contents
    }

    /// Reads the frames after the header, and calls `body` with the payload of each.
    ///
    /// - Returns: the header, and the end and signature of the last whole frame.
    /// - Throws: ``SendJournal.Unusable/damaged`` if the header is bad, or if a frame follows a bad one.
    @discardableResult
    func follow(
        _ bytes: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void
    ) throws -> (SendJournalHeader, end: Int, Data) {
        let magic = SendJournalCoding.frameMagic
        guard
            let first = frame(
                bytes[...], magic: SendJournalCoding.headerMagic, after: SendJournalCoding.noSignature),
            let header = SendJournalCoding.header(first.payload)
        else { throw SendJournal.Unusable.damaged }
        var (signature, end) = (first.signature, first.end)
        while end < bytes.count {
            guard let next = frame(bytes[end...], magic: magic, after: signature) else {
                // Another frame follows, so this frame was once whole.
                if contains(magic, in: bytes[(end + 1)...]) { throw SendJournal.Unusable.damaged }
                break
            }
            try body(next.payload)
            (signature, end) = (next.signature, next.end)
        }
        return (header, end, signature)
    }

    private func contains(_ magic: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= magic.count else { return false }
        return (bytes.startIndex...bytes.endIndex - magic.count).contains {
            bytes[$0..<$0 + magic.count].elementsEqual(magic)
        }
    }

    /// Returns the first frame in `bytes`, or `nil` if it is not whole or not signed.
    func frame(
        _ bytes: ArraySlice<UInt8>, magic: [UInt8], after signature: Data
    ) -> (payload: ArraySlice<UInt8>, signature: Data, end: Int)? {
        var reader = ByteReader(bytes)
        guard reader.bytes(4).map({ $0.elementsEqual(magic) }) == true, let payload = reader.field(),
            let signed = reader.bytes(16), let length = reader.number32(), Int(length) == payload.count,
            Data(signed) == SendJournalCoding.sign(payload, magic: magic, after: signature, seal: seal)
        else { return nil }
        return (payload, Data(signed), bytes.startIndex + payload.count + SendJournalCoding.overhead)
    }
}
