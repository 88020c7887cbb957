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
        number = Foundation.open(path, flags, 0o600)
        guard number >= 0 else { throw SystemError() }
    }

    deinit { close(number) }

    var size: Int64 {
        var status = stat()
        return fstat(number, &status) == 0 ? Int64(status.st_size) : -1
    }
}
