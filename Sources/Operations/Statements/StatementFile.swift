import Crypto
import Foundation
import PayoutFiles
import Payouts
import Statements

/// The file of a bank statement. It is read twice: once to check it, and once to use its lines.
struct StatementFile {
    private static let pieceSize = 1 << 18

    let path: String

    var name: String { URL(fileURLWithPath: path).lastPathComponent }

    /// Reads the whole file.
    ///
    /// - Parameter digest: the digest that the file must still have. `nil` at the first reading.
    /// - Throws: `StatementRejected`, `PayoutFileError`, or an error of `each`.
    func read(
        expecting digest: FileDigest? = nil, _ each: @escaping (borrowing StatementLine) throws -> Void
    ) throws -> (BankStatement, FileDigest) {
        guard FileManager.default.fileExists(atPath: path) else { throw PayoutFileError.notFound(path: path) }
        if try URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true {
            throw PayoutFileError.isDirectory(path: path)
        }
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            throw PayoutFileError.unreadable(path: path, reason: error.localizedDescription)
        }
        defer { handle.closeFile() }
        var hash = SHA256()
        var reader = StatementReader(each: each)
        while true {
            let piece: Data?
            do {
                piece = try handle.read(upToCount: Self.pieceSize)
            } catch {
                throw PayoutFileError.unreadable(path: path, reason: error.localizedDescription)
            }
            guard let piece, !piece.isEmpty else { break }
            hash.update(data: piece)
            try reader.take(Array(piece))
        }
        let statement = try reader.finish()
        guard let found = FileDigest(Array(hash.finalize())) else { preconditionFailure("SHA-256 has 32 bytes") }
        if let digest, digest != found { throw PayoutFileError.changed(path: path) }
        return (statement, found)
    }
}
