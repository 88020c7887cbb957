import Crypto
import Foundation
import Payouts

/// The file that holds the ledger's key: 64 hexadecimal digits, readable by its owner alone, kept apart from the ledger.
package struct KeyFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

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
        return SymmetricKey(data: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }

    /// Reads the key, or makes a new one where there is no file yet.
    func readOrCreate() throws(LedgerError) -> SymmetricKey {
        if FileManager.default.fileExists(atPath: path) { return try read() }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .keyUnreadable(path: path, reason: "its folder cannot be made")
        }
        // O_EXCL: two first runs at once must not each keep a key of its own.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return try read() }
            throw .keyUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        let key = SymmetricKey(size: .bits256)
        let hex = key.withUnsafeBytes { FileDigest(Array($0))!.hex } + "\n"
        let written = hex.withCString { write(descriptor, $0, 65) }
        // The key must outlive a power cut as surely as the cards that it seals.
        guard written == 65, fsync(descriptor) == 0 else {
            throw .keyUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
        return key
    }
}
