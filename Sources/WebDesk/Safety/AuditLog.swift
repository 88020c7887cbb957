package import Foundation
import PaymentValues
import Synchronization

/// An append-only log of what users do at the desk, one JSON object a line. The ledger's event log also records what
/// was done to a batch. The audit log adds the rest: sign-ins, failed sign-ins, downloads.
package final class AuditLog: Sendable {
    private let handle: Mutex<FileHandle>
    private let now: @Sendable () -> Date

    private let path: String

    package init(path: String, now: @escaping @Sendable () -> Date) throws(AuditLogError) {
        self.path = path
        self.now = now
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe AuditLogError(path: path, reason: String(cString: strerror(errno))) }
        handle = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
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

        /// The entry with card numbers masked: people type card numbers into any field.
        var masked: Entry {
            func mask(_ text: String?) -> String? { text.map(maskingTrueCardNumbers(in:)) }
            return Entry(
                act: act, who: mask(who), from: from, batch: mask(batch), row: row, detail: mask(detail),
                outcome: mask(outcome))
        }
    }

    enum Act: String, Encodable {
        case signIn, signInFailed, signInHeldBack, signOut, notAllowed
        case upload, discard, importFile, approve, pay, stop, reconcile, correct, rerun, resolve, withdraw,
            compareStatement
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
            let encoder = JSONEncoder()
            encoder.dateEncodingStrategy = .iso8601
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let line = try encoder.encode(Line(at: now(), entry: entry.masked)) + Data("\n".utf8)
            try handle.withLock { handle in
                try handle.write(contentsOf: line)
                try handle.synchronize()
            }
        } catch {
            throw AuditLogError(path: path, reason: "\(error)")
        }
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
