import Crypto
import Foundation
import Payouts

/// The bytes of a payout file in pieces, hashed on their way.
final class FileBytes {
    static let pieceSize = 1 << 16

    private let take: () throws(PayoutFileError) -> [UInt8]
    private var hash = SHA256()

    /// - Throws: ``PayoutFileError`` where there is no such file, it cannot be read, or it is too large.
    init(path: String, limit: Int) throws(PayoutFileError) {
        let file = try OpenFile(path: path, limit: limit)
        take = { () throws(PayoutFileError) in try file.next() }
    }

    init(_ bytes: Data, pieceSize: Int = FileBytes.pieceSize) {
        var rest = bytes[...]
        take = {
            let piece = Array(rest.prefix(pieceSize))
            rest = rest.dropFirst(pieceSize)
            return piece
        }
    }

    /// Empty at the end.
    func next() throws(PayoutFileError) -> [UInt8] {
        let piece = try take()
        hash.update(data: piece)
        return piece
    }

    /// Of all that was taken.
    var digest: FileDigest {
        guard let digest = FileDigest(Array(hash.finalize())) else { preconditionFailure("SHA-256 has 32 bytes") }
        return digest
    }
}

/// A regular file, open for reading.
private final class OpenFile {
    private let path: String
    private let limit: Int
    private let descriptor: Int32
    private var taken = 0

    init(path: String, limit: Int) throws(PayoutFileError) {
        self.path = path
        self.limit = limit
        // A pipe without a writer must not hold the program up.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw unsafe errno == ENOENT
                ? .notFound(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw unsafe .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isDirectory(path: path)
        default: throw .unreadable(path: path, reason: "not a regular file")
        }
        if Int(status.st_size) > limit { throw .tooLarge(path: path, bytes: Int(status.st_size), limit: limit) }
    }

    deinit {
        close(descriptor)
    }

    func next() throws(PayoutFileError) -> [UInt8] {
        var count = 0
        repeat {
            var failure: Int32 = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: FileBytes.pieceSize) { buffer, filled in
                count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                failure = errno
                filled = max(count, 0)
            }
            if count >= 0 {
                taken += count
                // It may grow while it is read.
                if taken > limit { throw .tooLarge(path: path, bytes: taken, limit: limit) }
                return piece
            }
            guard failure == EINTR else {
                throw unsafe .unreadable(path: path, reason: String(cString: strerror(failure)))
            }
        } while true
    }
}
