import Crypto
import Foundation
package import Payouts
package import WorkbookReader

/// Reads the bytes of a file in pieces, and hashes them.
package final class FileBytes {
    static let pieceSize = 1 << 16

    private let source: Source
    private let take: () throws(PayoutFileError) -> [UInt8]
    private var hash = SHA256()

    private enum Source {
        case file(OpenFile)
        case memory(Data)
    }

    /// Opens a file.
    /// - Throws: ``PayoutFileError`` if the file does not exist, cannot be read, or is too large.
    package init(path: String, limit: Int) throws(PayoutFileError) {
        let file = try OpenFile(path: path, limit: limit)
        source = .file(file)
        take = { () throws(PayoutFileError) in try file.next() }
    }

    init(_ bytes: Data, pieceSize: Int = FileBytes.pieceSize) {
        source = .memory(bytes)
        var rest = bytes[...]
        take = {
            let piece = Array(rest.prefix(pieceSize))
            rest = rest.dropFirst(pieceSize)
            return piece
        }
    }

    /// Returns the next piece. It is empty at the end.
    package func next() throws(PayoutFileError) -> [UInt8] {
        let piece = try take()
        hash.update(data: piece)
        return piece
    }

    /// Returns the first bytes of the file without consuming them.
    package func head(_ count: Int) throws(PayoutFileError) -> [UInt8] {
        switch source {
        case .file(let file): try file.head(count)
        case .memory(let bytes): Array(bytes.prefix(count))
        }
    }

    /// The whole file, for reading in any order.
    package var workbook: WorkbookSource {
        switch source {
        case .file(let file): .file(descriptor: file.descriptor)
        case .memory(let bytes): .bytes(Array(bytes))
        }
    }

    /// Checks that the file is unchanged.
    /// - Throws: ``PayoutFileError/changed(path:)`` if the file was written since it was opened.
    package func demandUnchanged() throws(PayoutFileError) {
        if case .file(let file) = source { try file.demandUnchanged() }
    }

    /// The digest of all bytes read so far.
    package var digest: FileDigest {
        guard let digest = FileDigest(Array(hash.finalize())) else { preconditionFailure("SHA-256 has 32 bytes") }
        return digest
    }
}

/// A regular file, open for reading.
private final class OpenFile {
    private let path: String
    private let limit: Int
    let descriptor: Int32
    private let opened: Version
    private var taken = 0

    /// The properties of a file that change when it is written.
    private struct Version: Equatable {
        let size, seconds, nanoseconds: Int

        init(_ status: stat) {
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    init(path: String, limit: Int) throws(PayoutFileError) {
        self.path = path
        self.limit = limit
        // A pipe without a writer must not block the program.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw unsafe errno == ENOENT
                ? .notFound(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw unsafe .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        opened = Version(status)
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

    func head(_ count: Int) throws(PayoutFileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let taken = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard taken >= 0 else { throw unsafe .unreadable(path: path, reason: String(cString: strerror(errno))) }
        return Array(bytes.prefix(taken))
    }

    func demandUnchanged() throws(PayoutFileError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, Version(status) == opened else { throw .changed(path: path) }
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
                // The file may grow while it is read.
                if taken > limit { throw .tooLarge(path: path, bytes: taken, limit: limit) }
                return piece
            }
            guard failure == EINTR else {
                throw unsafe .unreadable(path: path, reason: String(cString: strerror(failure)))
            }
        } while true
    }
}
