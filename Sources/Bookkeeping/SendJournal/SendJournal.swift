import Dispatch
import Foundation
import Synchronization

/// Records a second time what was sent, independently of SQLite, in one file beside the ledger's key.
///
/// Each commit of the ledger appends one frame. A commit counts only when both are on disk. If an older copy of the
/// ledger is restored, the journal shows it and still has the sends. Use the journal only under the writer lock.
final class SendJournal: Sendable {
    let path: String
    private let seal: RecordSeal
    private let disk: JournalDisk
    private let state = Mutex(State())
    private let thread = DispatchQueue(label: "send journal")

    private struct State {
        var file: OpenedJournal?
    }

    /// The reason why a journal cannot be used.
    enum Unusable: Error {
        case missing
        /// The bytes differ from those that were written.
        case damaged
        /// The last commit in the journal is not the one before this commit. Something else wrote to the ledger or to
        /// the journal.
        case parted
    }

    init(path: String, seal: RecordSeal, disk: JournalDisk) {
        self.path = path
        self.seal = seal
        self.disk = disk
    }

    private var reader: SendJournalReader { SendJournalReader(seal: seal) }

    /// Returns the path of a ledger's journal.
    static func path(_ keyFile: KeyFile, _ ledger: LedgerID) -> String { "\(keyFile.path).\(ledger.short).sends" }

    /// Finds the journals of all ledgers with a key.
    static func paths(_ keyFile: KeyFile) -> [String] {
        let url = URL(fileURLWithPath: keyFile.path)
        let folder = url.deletingLastPathComponent()
        let lead = url.lastPathComponent + "."
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            return []
        }
        return names.sorted().filter { name in
            name.hasPrefix(lead) && name.hasSuffix(".sends") && name.utf8.count == lead.utf8.count + 22
                && name.dropFirst(lead.count).prefix(16).allSatisfy(\.isHexDigit)
        }.map { folder.appendingPathComponent($0).path }
    }

    /// Returns the ledger's number in the name of its journal. It distinguishes journals, but proves nothing.
    static func number(ofFileAt path: String) -> UInt64 {
        UInt64(path.dropLast(".sends".count).suffix(16), radix: 16) ?? 0
    }

    /// Reads which ledger a journal belongs to. It needs no key and therefore proves nothing.
    static func header(ofFileAt path: String) -> SendJournalHeader? {
        do {
            let bytes = try OwnDescriptor(reading: path).bytes(most: 1 << 16)
            var reader = ByteReader(bytes[...])
            guard reader.bytes(4).map(Array.init) == SendJournalCoding.headerMagic, let payload = reader.field() else {
                return nil
            }
            return SendJournalCoding.header(payload)
        } catch {
            return nil
        }
    }

    // MARK: Reading

    /// Returns the ledger's head after the last commit, without reading the earlier frames. Returns `nil` if the end is
    /// torn or unreadable.
    func lastHead() throws -> ChainHead? {
        try state.withLock { state in try open(&state).lastHead }
    }

    /// Returns whether the ledger's file had all commits after the last frame, and needed no log.
    func needsNoLog() throws -> Bool {
        try state.withLock { state in try open(&state).needsNoLog }
    }

    /// Reads the whole journal. A torn last frame counts as not written.
    ///
    /// - Throws: ``Unusable``
    func contents() throws -> (header: SendJournalHeader, contents: SendJournalContents) {
        guard FileManager.default.fileExists(atPath: path) else { throw Unusable.missing }
        return try reader.read(OwnDescriptor(reading: path).bytes()).parsed
    }

    /// Reads as much as can be trusted, and changes nothing.
    func readableContents() throws -> (SendJournalContents, isWhole: Bool) {
        let bytes = try OwnDescriptor(reading: path).bytes()
        do {
            return (try reader.read(bytes).parsed.contents, true)
        } catch is Unusable {
            return (reader.readBeginning(of: bytes), false)
        }
    }

    /// Reads as much as can be trusted, and renames a damaged file to `aside`.
    ///
    /// - Returns: empty contents if there is no journal.
    func salvage(keepingDamagedAs aside: String) throws -> SendJournalContents {
        guard FileManager.default.fileExists(atPath: path) else { return SendJournalContents() }
        var bytes: [UInt8] = []
        do {
            bytes = try OwnDescriptor(reading: path).bytes()
            return try reader.read(bytes).parsed.contents
        } catch is Unusable {
            guard unsafe Foundation.rename(path, aside) == 0 else { throw SystemError() }
            return reader.readBeginning(of: bytes)
        }
    }

    /// The size in bytes, or 0 if there is no file.
    var size: Int64 {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    // MARK: Writing

    /// An append that may not be on disk yet.
    struct Appending {
        fileprivate let isDone: DispatchGroup?
        fileprivate let failure: Failure

        fileprivate final class Failure: Sendable {
            let error = Mutex<(any Error)?>(nil)
        }

        /// Waits until the frame is on disk.
        func wait() throws {
            isDone?.wait()
            if let error = failure.error.withLock(\.self) { throw error }
        }
    }

    /// Starts to append a commit. The caller must wait before relying on the commit.
    ///
    /// - Parameter before: the commit that must be the journal's last one. `nil` if this commit brings the journal up
    ///   to date.
    func append(_ frame: SendJournalFrame, after before: ChainHead?) throws -> Appending {
        let failure = Appending.Failure()
        guard disk.isOverlapped else {
            try write(frame, after: before)
            return Appending(isDone: nil, failure: failure)
        }
        let group = DispatchGroup()
        thread.async(group: group) { [self] in
            do {
                try write(frame, after: before)
            } catch {
                failure.error.withLock { $0 = error }
            }
        }
        return Appending(isDone: group, failure: failure)
    }

    private func write(_ frame: SendJournalFrame, after before: ChainHead?) throws {
        try state.withLock { state in
            var file = try open(&state)
            if let before, file.lastHead != before { throw Unusable.parted }
            let (bytes, signature) = SendJournalCoding.encode(
                SendJournalCoding.payload(of: frame), magic: SendJournalCoding.frameMagic, after: file.lastSignature,
                seal: seal)
            try disk.write(file.descriptor.number, path, bytes, file.end)
            try disk.sync(file.descriptor.number, path)
            file.end += Int64(bytes.count)
            file.lastSignature = signature
            file.lastHead = frame.head
            file.needsNoLog = frame.needsNoLog
            state.file = file
        }
    }

    /// Records that the log was moved into the ledger's file. A journal without commits stays unchanged.
    func noteThatLogIsMoved() throws {
        guard !Self.isBlank(path), try !needsNoLog(), let head = try lastHead() else { return }
        try write(SendJournalFrame(head: head, entries: [.logMoved]), after: head)
    }

    /// Replaces the journal with a new one that has a header and the known sends.
    ///
    /// - Parameter frame: the known sends. They are written in parts, so that the last frame is quick to read.
    func replace(with header: SendJournalHeader, _ frame: SendJournalFrame) throws {
        try state.withLock { state in
            let temporary = path + ".part"
            unsafe unlink(temporary)
            let descriptor = try OwnDescriptor(opening: temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW)
            var (bytes, signature) = SendJournalCoding.encode(
                SendJournalCoding.payload(of: header), magic: SendJournalCoding.headerMagic,
                after: SendJournalCoding.noSignature, seal: seal)
            for part in frame.parts {
                let next = SendJournalCoding.encode(
                    SendJournalCoding.payload(of: part), magic: SendJournalCoding.frameMagic, after: signature,
                    seal: seal)
                bytes += next.bytes
                signature = next.signature
            }
            try disk.write(descriptor.number, temporary, bytes, 0)
            try disk.sync(descriptor.number, temporary)
            try disk.rename(temporary, path)
            state.file = nil
        }
    }

    /// Checks the whole journal and writes its bytes again. After a failed fsync the bytes may not be on disk, even if
    /// a later fsync succeeds.
    ///
    /// - Throws: ``Unusable``
    func secure() throws {
        try state.withLock { state in
            let file = try open(&state)
            let bytes = try file.descriptor.bytes()
            try reader.follow(bytes) { _ in }
            try disk.write(file.descriptor.number, path, bytes, 0)
            try disk.sync(file.descriptor.number, path)
        }
    }
}

extension SendJournal {
    /// Returns the open file. Opens it again if another process replaced it, and reads its end again if another process
    /// appended to it.
    private func open(_ state: inout State) throws -> OpenedJournal {
        if let file = state.file, file.place.isInPlace, file.descriptor.size == file.end { return file }
        guard FileManager.default.fileExists(atPath: path) else { throw Unusable.missing }
        let descriptor = try OwnDescriptor(writing: path)
        var file = OpenedJournal(
            descriptor: descriptor, place: try FileIdentity(path: path), end: descriptor.size,
            lastSignature: SendJournalCoding.noSignature)
        if let (signature, frame) = try lastFrame(of: descriptor) {
            file.lastSignature = signature
            file.lastHead = frame.head
            file.needsNoLog = frame.needsNoLog
        } else {
            let whole = try reader.read(descriptor.bytes())
            // The machine or the program died during the last write. The next frame overwrites the torn one.
            file.end = Int64(whole.end)
            file.lastSignature = whole.lastSignature
            file.lastHead = whole.parsed.contents.heads.last
            guard ftruncate(descriptor.number, off_t(file.end)) == 0 else { throw SystemError() }
        }
        state.file = file
        return file
    }

    /// Reads only the last frame. Returns `nil` if the file does not end with a whole frame.
    private func lastFrame(of descriptor: OwnDescriptor) throws -> (Data, SendJournalFrame)? {
        let size = descriptor.size
        func bytes(_ count: Int, at offset: Int64) throws -> [UInt8]? {
            guard offset >= 0, count >= 0, offset + Int64(count) <= size else { return nil }
            var bytes = [UInt8](repeating: 0, count: count)
            let done = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor.number, $0.baseAddress, count, off_t(offset))
            }
            guard done == count else { throw done < 0 ? SystemError() as any Error : Unusable.damaged }
            return bytes
        }
        guard let trailer = try bytes(4, at: size - 4) else { return nil }
        let length = Int(trailer.reduce(0) { $0 << 8 | UInt32($1) })
        let start = size - Int64(length + SendJournalCoding.overhead)
        // The header's own signature and length come before the first frame.
        guard start > 24, let frame = try bytes(length + SendJournalCoding.overhead, at: start),
            let before = try bytes(16, at: start - 20),
            let read = reader.frame(frame[...], magic: SendJournalCoding.frameMagic, after: Data(before)),
            let content = SendJournalCoding.frame(read.payload)
        else { return nil }
        return (read.signature, content)
    }
}
