import Crypto
import Foundation
import Payouts

/// The file of the ledger's key. It has 64 hexadecimal digits, only its owner can read it, and it is kept apart from
/// the ledger.
package struct KeyFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads the key.
    ///
    /// - Throws: ``LedgerError/keyMissing(path:)`` or ``LedgerError/keyUnreadable(path:reason:)``
    func read() throws(LedgerError) -> SymmetricKey {
        guard FileManager.default.fileExists(atPath: path) else { throw .keyMissing(path: path) }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw .keyUnreadable(path: path, reason: "it cannot be read")
        }
        let digits = text.utf8.compactMap { byte in Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init) }
        guard text.utf8.count == 64, digits.count == 64 else {
            throw .keyUnreadable(path: path, reason: "it does not hold a key")
        }
        guard !PrivateFile.isOpenToOthers(path) else {
            throw .keyUnreadable(
                path: path,
                reason:
                    "others can read or write it. Run chmod 600 on it, and payout ledger rotate-key if they may have done so"
            )
        }
        return SymmetricKey(data: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }

    /// Reads the key, or creates one if there is no file yet.
    func readOrCreate() throws(LedgerError) -> SymmetricKey {
        if FileManager.default.fileExists(atPath: path) { return try read() }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .keyUnreadable(path: path, reason: "its folder cannot be created")
        }
        let key = SymmetricKey(size: .bits256)
        guard let hex = unsafe key.withUnsafeBytes({ unsafe FileDigest(Array($0))?.hex }) else {
            preconditionFailure("a key of 256 bits has 32 bytes")
        }
        do {
            try Self.write(hex + "\n", to: path, in: folder.path)
            return key
        } catch let error where error.code == EEXIST {
            // Another first run created the key first: use that key.
            return try read()
        } catch {
            throw .keyUnreadable(path: path, reason: error.description)
        }
    }

    /// The file of the ledger's next key.
    var next: KeyFile { KeyFile(path: path + ".next") }

    /// The file of the sandbox ledger's key.
    var sandbox: KeyFile { KeyFile(path: path + ".sandbox") }

    /// Renames the key of a new ledger to its final name, after the ledger is complete.
    func adoptNext() throws(LedgerError) {
        guard unsafe link(next.path, path) == 0 || errno == EEXIST else {
            throw .keyUnreadable(path: path, reason: SystemError().description)
        }
        unsafe unlink(next.path)
        try syncFolder()
    }

    private func syncFolder() throws(LedgerError) {
        let folder = unsafe open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw .keyUnreadable(path: path, reason: SystemError().description) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .keyUnreadable(path: path, reason: SystemError().description) }
    }

    /// Replaces this key with the next one. The old key is kept, because older copies of the ledger need it.
    ///
    /// - Returns: the path of the old key.
    func promoteNext() throws(LedgerError) -> String {
        var old = path + ".old"
        var number = 2
        // A link, unlike a rename, does not replace an existing file.
        while unsafe link(path, old) != 0 {
            guard errno == EEXIST else { throw .keyUnreadable(path: path, reason: SystemError().description) }
            old = path + ".old-\(number)"
            number += 1
        }
        guard unsafe rename(next.path, path) == 0 else {
            throw .keyUnreadable(path: path, reason: SystemError().description)
        }
        try syncFolder()
        return old
    }

    /// Writes the key file in one step and makes it durable, without replacing another file. The key must survive a
    /// power cut as surely as the cards that it encrypts.
    private static func write(_ hex: String, to path: String, in folder: String) throws(SystemError) {
        let temporary = path + ".\(getpid()).part"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError() }
        defer { unsafe unlink(temporary) }
        let isWritten =
            unsafe hex.withCString { unsafe Foundation.write(descriptor, $0, hex.utf8.count) } == hex.utf8.count
        let isFlushed = isWritten && fsync(descriptor) == 0
        let failure = SystemError()
        close(descriptor)
        guard isFlushed else { throw failure }
        // A link, unlike a rename, does not replace an existing file.
        guard unsafe link(temporary, path) == 0 else { throw SystemError() }
        let directory = unsafe open(folder, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw SystemError() }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw SystemError() }
    }
}
