import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// An uploaded file that waits for a decision.
struct StagedFile: Sendable {
    /// The id of the file in addresses.
    let id: String
    let path: String
    let file: PayoutFile
    /// The answers of the person to what the file leaves open.
    let choices: FileChoices
    /// The uploads that are kept for this one, which is a marked copy of the first of them.
    var originals: [StagedOriginal] = []
    /// The rows with findings that the page shows.
    let marked: [MarkedRow]
}

/// An earlier upload whose cards a marked copy needs.
struct StagedOriginal: Hashable, Sendable {
    let id, path: String
    let digest: FileDigest
}

/// A row of a file with its findings.
struct MarkedRow: Sendable {
    let number: Int
    /// The cells of the row, with cards masked.
    let cells: [String]
    let findings: [Finding]
}

/// The folder for uploaded files until they are in the ledger. The files contain full card numbers. So only the owner
/// may read the folder, and files are deleted as soon as possible.
package struct Staging: Sendable {
    let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// Empties the folder and locks it.
    ///
    /// - Returns: the lock. While it is held, no other desk can open the folder and delete this desk's uploads.
    func open() throws(StagingError) -> Hold {
        let hold = try Hold(folder: folder)
        do {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StagingError(folder: folder, reason: "\(error.localizedDescription)")
        }
        return hold
    }

    /// A lock on the folder. It ends when it is released or its process ends.
    final class Hold: Sendable {
        private let descriptor: Int32

        fileprivate init(folder: String) throws(StagingError) {
            descriptor = unsafe Foundation.open(folder + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw unsafe StagingError(folder: folder, reason: String(cString: strerror(errno)))
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw StagingError(
                    folder: folder,
                    reason:
                        "another desk is already serving this ledger: open its page, or stop it before you start this one"
                )
            }
        }

        func release() {
            flock(descriptor, LOCK_UN)
        }

        deinit {
            close(descriptor)
        }
    }

    /// Returns the path of a new file, in a separate folder, so that it can keep its name. A name that is too long for the
    /// disk is shortened.
    func place(id: String, name: String) -> String {
        unsafe mkdir("\(folder)/\(id)", 0o700)
        return "\(folder)/\(id)/\(FileName(name))"
    }

    /// Creates a file for writing.
    func create(id: String, name: String) throws(StagingError) -> (path: String, handle: FileHandle) {
        let path = place(id: id, name: name)
        let descriptor = unsafe Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw unsafe StagingError(folder: folder, reason: String(cString: strerror(errno)))
        }
        return (path, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    func erase(id: String) throws(StagingError) {
        let path = "\(folder)/\(id)"
        do {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        } catch {
            throw StagingError(folder: folder, reason: "\(error.localizedDescription)")
        }
    }

    /// Returns the name of an uploaded file, as `payout check` would name it: without its path, in Unicode's form NFC,
    /// with cards masked.
    ///
    /// - Throws: `BatchReference.Invalid` if no batch can have that name.
    static func name(for given: String) throws(BatchReference.Invalid) -> String {
        let last = given.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? "file.csv"
        let name = maskingTrueCardNumbers(in: last.precomposedStringWithCanonicalMapping)
        _ = try PayoutFile.reference(forFileNamed: name)
        return name
    }
}

/// An error while storing uploaded files.
package struct StagingError: Error, CustomStringConvertible {
    let folder: String
    let reason: String
    package var description: String {
        "the desk cannot keep uploaded files in \(folder) (\(reason))"
    }
}
