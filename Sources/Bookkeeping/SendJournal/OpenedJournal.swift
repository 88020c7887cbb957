import Foundation

/// The journal's file as it was last seen.
struct OpenedJournal {
    let descriptor: OwnDescriptor
    let place: OpenedFile
    /// Behind the last whole frame.
    var end: Int64
    var lastSignature: Data
    var lastHead: ChainHead?
}

/// A descriptor that is closed with its last user.
final class OwnDescriptor: Sendable {
    let number: Int32

    init(opening path: String, _ flags: Int32) throws {
        number = unsafe Foundation.open(path, flags, 0o600)
        guard number >= 0 else { throw SystemError() }
    }

    /// Opens a file to read it: a regular one of a size that a journal can have.
    ///
    /// - Throws: ``SendJournal/Unusable/damaged`` where it is anything else.
    convenience init(reading path: String) throws { try self.init(existing: path, O_RDONLY) }

    /// Opens it to append to it, too.
    convenience init(writing path: String) throws { try self.init(existing: path, O_RDWR) }

    private convenience init(existing path: String, _ mode: Int32) throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw SystemError() }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.most else {
            throw SendJournal.Unusable.damaged
        }
        // A pipe that took its place since must not hold the program up.
        try self.init(opening: path, mode | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    }

    /// Two million rows that are sent again and again do not come to this.
    private static let most: off_t = 1 << 30

    /// Reads the file from its beginning.
    func bytes(most: Int = .max) throws -> [UInt8] {
        let size = min(Int(size), most)
        var bytes = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = unsafe bytes.withUnsafeMutableBytes {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[done...])
                return unsafe pread(number, rest.baseAddress, rest.count, off_t(done))
            }
            guard count > 0 else { throw count < 0 ? SystemError() as any Error : SendJournal.Unusable.damaged }
            done += count
        }
        return bytes
    }

    deinit { close(number) }

    var size: Int64 {
        var status = stat()
        return unsafe fstat(number, &status) == 0 ? Int64(status.st_size) : -1
    }
}
