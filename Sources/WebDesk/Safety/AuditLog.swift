package import Foundation
import PaymentValues
import Synchronization

/// Who did what at the desk, one JSON object a line, only ever added to. What was done to a batch stands in the ledger's event
/// log as well; this has the rest: who signed in, who failed to, who took a report away.
package final class AuditLog: Sendable {
    private let handle: Mutex<FileHandle>
    private let now: @Sendable () -> Date

    package struct Trouble: Error, CustomStringConvertible {
        let path: String
        let reason: String
        package var description: String {
            "the desk's audit log \(path) cannot be written (\(reason)): nothing was done; mend that first"
        }
    }

    private let path: String

    package init(path: String, now: @escaping @Sendable () -> Date) throws(Trouble) {
        self.path = path
        self.now = now
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe Trouble(path: path, reason: String(cString: strerror(errno))) }
        handle = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    struct Entry: Encodable {
        let act: Act
        var who: String?
        var from: String?
        var batch: String?
        var row: Int?
        var detail: String?
        /// What became of it, where that is not plain from its being done.
        var outcome: String?

        /// People type cards where none belong.
        var masked: Entry {
            func mask(_ text: String?) -> String? { text.map(maskingTrueCardNumbers(in:)) }
            return Entry(
                act: act, who: mask(who), from: from, batch: mask(batch), row: row, detail: mask(detail),
                outcome: mask(outcome))
        }
    }

    enum Act: String, Encodable {
        case signIn, signInFailed, signInHeldBack, signOut, notAllowed
        case upload, discard, importFile, approve, pay, stop, reconcile, correct, rerun, resolve, withdraw
        case downloadReport, downloadFindings
        /// What another page or program sent, or a page of an earlier session; and files that were not taken.
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

    /// On disk when it returns. What cannot be put on the record is not done, so this comes before the act.
    func record(_ entry: Entry) throws(Trouble) {
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
            throw Trouble(path: path, reason: "\(error)")
        }
    }
}
