import Bookkeeping
package import Foundation
import PaymentValues
import Payouts
import Synchronization

/// An append-only log of users' actions at the desk, with one JSON object a line. The ledger's event log also records
/// actions on a batch. The audit log adds the rest: sign-ins, failed sign-ins and downloads.
///
/// Nobody can fill the disk with it. Requests without a session get only a few lines a minute. All writing stops before
/// it takes the space that the ledger needs.
package final class AuditLog: Sendable {
    private let state: Mutex<State>
    private let now: @Sendable () -> Date

    private let path: String
    private let space: (forUsers: DiskSpace, forStrangers: DiskSpace)

    /// The largest number of lines a minute for requests without a session. Further requests are only counted.
    static let linesOfStrangers = 10
    /// The longest text of a line, in bytes.
    static let longestText = 200

    /// The size in bytes at which the log is put aside under another name, and a new one begins.
    static let sizeOfOneLog: UInt64 = 32 << 20

    private struct State {
        var handle: FileHandle
        /// The minute of the latest line without a session, and the number of such lines in it.
        var minute = 0
        var lines = 0
        /// The entries that were only counted, because there are too many lines or too little space.
        var counted: [Act: Int] = [:]
    }

    /// Opens the log.
    /// - Parameter freeBytes: returns the free space of the disk. By default it asks the file system.
    package init(
        path: String, freeBytes: (@Sendable () -> Int64?)? = nil, now: @escaping @Sendable () -> Date
    ) throws(AuditLogError) {
        self.path = path
        self.now = now
        space = (
            DiskSpace(path: path, reserveBytes: 24 << 20, freeBytes: freeBytes),
            DiskSpace(path: path, reserveBytes: 64 << 20, freeBytes: freeBytes)
        )
        state = Mutex(State(handle: try Self.open(path)))
    }

    private static func open(_ path: String) throws(AuditLogError) -> FileHandle {
        let descriptor = unsafe Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe AuditLogError(path: path, reason: String(cString: strerror(errno))) }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Puts a full log aside as `….audit.2026-11-24T053024Z`. payout never deletes one.
    private func turnPage(_ state: inout State) throws {
        guard try state.handle.seekToEnd() >= Self.sizeOfOneLog else { return }
        let time = Date.ISO8601FormatStyle(timeSeparator: .omitted).format(now())
        let aside = "\(path).\(time)"
        guard !FileManager.default.fileExists(atPath: aside), unsafe rename(path, aside) == 0 else { return }
        state.handle = try Self.open(path)
    }

    struct Entry: Encodable {
        let act: Act
        var who: String?
        var from: String?
        var batch: String?
        var row: Int?
        var detail: String?
        /// The outcome of the act, if it can fail after it is recorded.
        var outcome: String?
        /// The number of acts on this line, if it is more than one.
        var count: Int?

        /// The entry with card numbers masked, because people type them into any field, and with long texts cut.
        var masked: Entry {
            func mask(_ text: String?) -> String? { text.map { AuditLog.cut(maskingTrueCardNumbers(in: $0)) } }
            return Entry(
                act: act, who: mask(who), from: from, batch: mask(batch), row: row, detail: mask(detail),
                outcome: mask(outcome), count: count)
        }
    }

    enum Act: String, Encodable {
        case signIn, signInFailed, signInHeldBack, signOut, notAllowed
        case enrolSecondFactor, codeRefused, changePassword
        case upload, discard, importFile, approve, reject, cancel, pay, stop, reconcile, correct, rerun, resolve,
            withdraw, compareStatement
        case downloadReport, downloadFindings
        /// `formRefused`: another page or program sent the form, or it belongs to an earlier session. `uploadRefused`:
        /// the file was not accepted.
        case formRefused, uploadRefused
    }

    private struct Line: Encodable {
        let at: Date
        let entry: Entry

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(at, forKey: .at)
            try entry.encode(to: encoder)
        }

        enum Key: CodingKey { case at }
    }

    /// Appends an entry and syncs it to disk. Call this before the act: if the entry cannot be written, the act must
    /// not happen.
    func record(_ entry: Entry) throws(AuditLogError) {
        do {
            try space.forUsers.check()
            try state.withLock { state in
                try turnPage(&state)
                try append(entry, to: state.handle)
                try state.handle.synchronize()
            }
        } catch {
            throw AuditLogError(path: path, reason: "\(error)")
        }
    }

    /// Appends an entry of a request without a session. The entry may be only counted, or lost.
    func note(_ entry: Entry) {
        state.withLock { state in
            writeCounts(&state)
            if state.lines < Self.linesOfStrangers {
                do {
                    try space.forStrangers.check()
                    try append(entry, to: state.handle)
                    state.lines += 1
                    return
                } catch {
                    // Ignore the error: the request did nothing that needs the line.
                }
            }
            state.counted[entry.act, default: 0] += 1
        }
    }

    /// Writes the number of requests without a session that got no line in earlier minutes.
    func writeCounts() {
        state.withLock { writeCounts(&$0) }
    }

    private func writeCounts(_ state: inout State) {
        let minute = Int(now().timeIntervalSince1970 / 60)
        guard minute != state.minute else { return }
        state.minute = minute
        state.lines = 0
        for (act, count) in state.counted {
            do {
                try space.forStrangers.check()
                try append(Entry(act: act, count: count), to: state.handle)
                state.counted[act] = nil
            } catch {
                // Keep the count until there is space.
            }
        }
    }

    private func append(_ entry: Entry, to handle: FileHandle) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = String(decoding: try encoder.encode(Line(at: now(), entry: entry.masked)), as: UTF8.self)
        try handle.write(contentsOf: Data((line.jsonSteeringNothing + "\n").utf8))
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        return String(decoding: text.utf8.prefix(longestText), as: UTF8.self) + "…"
    }
}

/// An error while opening or writing the audit log.
package struct AuditLogError: Error, CustomStringConvertible {
    let path: String
    let reason: String
    package var description: String {
        "the desk's audit log \(path) cannot be written (\(reason)): nothing was done; fix that first"
    }
}
