import Foundation

/// A file that is there whole or not at all: written beside its place under another name, flushed, then renamed.
struct ReportFile {
    let path: String

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
            guard unsafe rename(temporary, path) == 0 else { throw Trouble(errno: errno) }
        } catch {
            unsafe unlink(temporary)
            let reason = (error as? Trouble)?.text ?? "\(error)"
            throw .notWritten(path: path, reason: reason)
        }
    }

    /// Makes sure, before any money moves, that reports can be written here.
    static func makeFolder(_ folder: String) throws(ReportError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .folderNotWritable(path: folder, reason: "it cannot be made")
        }
        // Asking for permission is not enough: root may write anywhere, but not on a read-only disk.
        let probe = folder + "/.payout-\(getpid()).part"
        let descriptor = unsafe open(probe, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw unsafe .folderNotWritable(path: folder, reason: String(cString: strerror(errno)))
        }
        close(descriptor)
        unsafe unlink(probe)
    }

    /// Its owner's alone, as the ledger is; whoever writes it opens it as it stands.
    private static func create(_ path: String) throws {
        unsafe unlink(path)
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Trouble(errno: errno) }
        close(descriptor)
    }

    private static func flush(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Trouble(errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Trouble(errno: errno) }
    }

    /// What the system said.
    struct Trouble: Error {
        let text: String

        init(errno: Int32) {
            text = unsafe String(cString: strerror(errno))
        }

        init(_ text: String) {
            self.text = text
        }
    }
}
