import Foundation

/// The opened file of the journal, in the state that this process last saw.
struct OpenedJournal {
    let descriptor: OwnDescriptor
    let place: FileIdentity
    /// The offset after the last whole frame.
    var end: Int64
    var lastSignature: Data
    var lastHead: ChainHead?
    /// Whether the ledger's file itself had every commit of the last frame. Then a missing log is no loss.
    var needsNoLog = false
}

/// A file descriptor that is closed when its last owner is released.
final class OwnDescriptor: Sendable {
    let number: Int32

    init(opening path: String, _ flags: Int32) throws {
        number = unsafe Foundation.open(path, flags, 0o600)
        guard number >= 0 else { throw SystemError() }
    }

    /// Opens a file for reading. It must be a regular file no larger than a journal can be.
    ///
    /// - Throws: ``SendJournal/Unusable/damaged`` if the file is anything else.
    convenience init(reading path: String) throws { try self.init(existing: path, O_RDONLY) }

    /// Opens a file for reading and appending.
    convenience init(writing path: String) throws { try self.init(existing: path, O_RDWR) }

    private convenience init(existing path: String, _ mode: Int32) throws {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw SystemError() }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.most else {
            throw SendJournal.Unusable.damaged
        }
        // `O_NONBLOCK`: a pipe that replaced the file after the check must not block the program.
        try self.init(opening: path, mode | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    }

    /// The largest size of a journal: 1 GiB. Two million rows with many sends each need less.
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
