import Bookkeeping
import CLinuxFiles
import Foundation

/// An open file of the inbox.
final class OpenedFile {
    private let descriptor: Int32

    /// Whether another process may still be writing to a file.
    enum Writers {
        case none
        case some
        /// The system does not say. Only the file's owner, or a process with CAP_LEASE, may ask.
        case unknown
    }

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    func status() throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError() }
        return status
    }

    func setMode(_ mode: mode_t) throws(SystemError) {
        guard fchmod(descriptor, mode) == 0 else { throw SystemError() }
    }

    /// Checks whether a program has the file open for writing. If none has, new writers must wait until
    /// ``letWritersIn()``.
    func holdWritersBack() -> Writers {
        if take_read_lease(descriptor) == 0 { return .none }
        return errno == EAGAIN ? .some : .unknown
    }

    func letWritersIn() {
        _ = give_back_lease(descriptor)
    }

    /// Copies the whole file and makes the copy durable.
    ///
    /// - Parameter limit: the largest number of bytes to copy.
    func copy(to copy: OpenedFile, limit: Int) throws(SystemError) {
        var rest = limit
        while rest > 0 {
            let bytes = try read(min(rest, 1 << 16))
            if bytes.isEmpty { break }
            try copy.write(bytes)
            rest -= bytes.count
        }
        try copy.flush()
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw SystemError() }
        }
    }

    func flush() throws(SystemError) {
        guard fsync(descriptor) == 0 else { throw SystemError() }
    }

    private func read(_ most: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 { return Array(bytes.prefix(count)) }
            guard errno == EINTR else { throw SystemError() }
        }
    }
}
