import Crypto
import Foundation
import Synchronization

/// A file for data that need not stay in memory and that nobody else may read.
///
/// The file has no name, so it disappears when the program ends. Its pieces are encrypted with a key that never leaves
/// the memory. So nothing on the disk can be read afterwards.
///
///     let scratch = try ScratchFile(in: "/var/tmp")
///     let place = try scratch.append([1, 2, 3])
///     let bytes = try scratch.read(place)
package final class ScratchFile: Sendable {
    private let folder: String
    private let descriptor: Int32
    private let key = SymmetricKey(size: .bits256)
    private let end = Mutex<off_t>(0)

    /// The position of a piece in the file.
    package struct Place: Sendable {
        fileprivate let offset: off_t
        fileprivate let length: Int
    }

    /// An error for a disk that does not accept or return the data.
    package struct Failed: Error, Hashable {
        package let folder: String
        package let reason: String
    }

    /// Creates the file.
    /// - Parameter folder: a folder with enough space.
    package init(in folder: String) throws(Failed) {
        self.folder = folder
        var path = Array((folder + "/.payout-scratch-XXXXXX").utf8CString)
        descriptor = unsafe mkstemp(&path)
        guard descriptor >= 0 else { throw unsafe Failed(folder: folder, reason: String(cString: strerror(errno))) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unsafe unlink(path)
    }

    deinit {
        close(descriptor)
    }

    /// Encrypts a piece and writes it after the others.
    package func append(_ bytes: [UInt8]) throws -> Place {
        guard let sealed = try AES.GCM.seal(bytes, using: key).combined else {
            preconditionFailure("a nonce of twelve bytes makes a combined box")
        }
        return try end.withLock { end in
            let written = unsafe sealed.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, end) }
            guard written == sealed.count else {
                throw unsafe Failed(folder: folder, reason: String(cString: strerror(written < 0 ? errno : ENOSPC)))
            }
            defer { end += off_t(sealed.count) }
            return Place(offset: end, length: sealed.count)
        }
    }

    package func read(_ place: Place) throws -> [UInt8] {
        var sealed = Data(count: place.length)
        let count = unsafe sealed.withUnsafeMutableBytes {
            unsafe pread(descriptor, $0.baseAddress, $0.count, place.offset)
        }
        guard count == place.length else {
            throw unsafe Failed(folder: folder, reason: String(cString: strerror(count < 0 ? errno : EIO)))
        }
        return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key))
    }
}
