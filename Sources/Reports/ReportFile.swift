import Foundation

/// A file that is either complete or absent. It is written under a temporary name, flushed, and then renamed.
struct ReportFile {
    let path: String

    /// Replaces the file.
    /// - Parameter write: gets the path to write to.
    func replace(by write: (String) throws -> Void) throws(ReportError) {
        let url = URL(fileURLWithPath: path)
        var isDirectory: ObjCBool = false
        if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
            throw .notWritten(path: path, reason: "it is a folder")
        }
        try Self.makeFolder(url.deletingLastPathComponent().path)
        let temporary = url.deletingLastPathComponent().appendingPathComponent(
            FileName(".\(url.lastPathComponent)", ".part").description
        ).path
        do {
            try Self.create(temporary)
            try write(temporary)
            try Self.flush(temporary)
            guard unsafe rename(temporary, path) == 0 else { throw Failure(errno: errno) }
        } catch {
            unsafe unlink(temporary)
            let reason = (error as? Failure)?.text ?? "\(error)"
            throw .notWritten(path: path, reason: reason)
        }
    }

    /// Checks that reports can be written to a folder. Call this before any money moves.
    static func makeFolder(_ folder: String) throws(ReportError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .folderNotWritable(path: folder, reason: "it cannot be created")
        }
        // A permission check is not enough: root may write anywhere, but not on a read-only disk.
        let probe = folder + "/.payout-\(getpid()).part"
        unsafe unlink(probe)
        let descriptor = unsafe open(probe, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw unsafe .folderNotWritable(path: folder, reason: String(cString: strerror(errno)))
        }
        close(descriptor)
        unsafe unlink(probe)
    }

    /// Creates an empty file that only its owner can read. The writer opens it without changing its permissions.
    private static func create(_ path: String) throws {
        unsafe unlink(path)
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
        close(descriptor)
    }

    private static func flush(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(errno: errno) }
    }

    /// An error of the system or of a library, as text.
    struct Failure: Error {
        let text: String

        init(errno: Int32) {
            text = unsafe String(cString: strerror(errno))
        }

        init(_ text: String) {
            self.text = text
        }
    }
}
