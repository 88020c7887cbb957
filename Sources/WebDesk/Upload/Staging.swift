import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// A file that was handed in and waits for a decision.
struct StagedFile: Sendable {
    /// Names it on the page.
    let id: String
    let path: String
    let file: PayoutFile
    /// The rows with findings, as far as they are shown.
    let marked: [MarkedRow]
}

/// A row of a file with what is to be said of it.
struct MarkedRow: Sendable {
    let number: Int
    /// Cards masked.
    let cells: [String]
    let findings: [Finding]
}

/// Where files that were handed in lie until they are in the ledger: they hold whole cards, so nobody else may look in, and
/// nothing stays longer than it must.
package struct Staging: Sendable {
    let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    package struct Trouble: Error, CustomStringConvertible {
        let folder: String
        let reason: String
        package var description: String {
            "the desk cannot keep uploaded files in \(folder) (\(reason))"
        }
    }

    /// Empty, whatever an earlier desk left in it.
    ///
    /// - Returns: the right to it, which no other desk has meanwhile: it would erase what people handed in at this one.
    func open() throws(Trouble) -> Hold {
        let hold = try Hold(folder: folder)
        do {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Trouble(folder: folder, reason: "\(error.localizedDescription)")
        }
        return hold
    }

    /// Ends when it is released, or its process does.
    final class Hold: Sendable {
        private let descriptor: Int32

        fileprivate init(folder: String) throws(Trouble) {
            descriptor = unsafe Foundation.open(folder + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw unsafe Trouble(folder: folder, reason: String(cString: strerror(errno)))
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw Trouble(
                    folder: folder,
                    reason:
                        "another desk is at work on this ledger: open its page, or stop it before this one is started")
            }
        }

        func release() {
            flock(descriptor, LOCK_UN)
        }

        deinit {
            close(descriptor)
        }
    }

    /// A new file for writing, in a folder of its own, so that it can have its own name, as far as the disk takes it.
    func create(id: String, name: String) throws(Trouble) -> (path: String, handle: FileHandle) {
        let path = "\(folder)/\(id)/\(FileName(name))"
        unsafe mkdir("\(folder)/\(id)", 0o700)
        let descriptor = unsafe Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe Trouble(folder: folder, reason: String(cString: strerror(errno))) }
        return (path, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    func erase(id: String) throws(Trouble) {
        let path = "\(folder)/\(id)"
        do {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        } catch {
            throw Trouble(folder: folder, reason: "\(error.localizedDescription)")
        }
    }

    /// Names an uploaded file as `payout check` names it: without its path, in Unicode's form NFC, a card masked.
    ///
    /// - Throws: `BatchReference.Invalid` where no batch can be called after it.
    static func name(for given: String) throws(BatchReference.Invalid) -> String {
        let last = given.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? "file.csv"
        let name = maskingTrueCardNumbers(in: last.precomposedStringWithCanonicalMapping)
        _ = try PayoutFile.reference(forFileNamed: name)
        return name
    }
}
