import Bookkeeping
import CLinuxFiles
import Foundation

/// A folder that stays open, so that nobody can replace it with another one. It follows no links.
final class HeldFolder: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens a folder that a person named.
    init(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
    }

    init(_ name: InboxName, in parent: HeldFolder) throws(SystemError) {
        path = parent.path + "/" + name.shown
        descriptor = unsafe openat(parent.descriptor, name.cString, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError() }
    }

    deinit {
        close(descriptor)
    }

    /// Returns the path of a file, for messages and for readers that need a path.
    func path(of name: InboxName) -> String { path + "/" + (name.text ?? name.shown) }

    func status() throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError() }
        return status
    }

    func setMode(_ mode: mode_t) throws(SystemError) {
        guard fchmod(descriptor, mode) == 0 else { throw SystemError() }
    }

    /// Returns all names but `.` and `..`, sorted.
    func names() throws(SystemError) -> [InboxName] {
        // Use a separate descriptor, because reading moves its position.
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw SystemError() }
        guard let stream = unsafe fdopendir(copy) else {
            let error = SystemError()
            close(copy)
            throw error
        }
        defer { unsafe closedir(stream) }
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { preconditionFailure("a stored property") }
        var names: [InboxName] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw SystemError() }
                break
            }
            let name = unsafe UnsafeRawPointer(entry).advanced(by: offset)
            let length = unsafe strlen(name.assumingMemoryBound(to: CChar.self))
            unsafe names.append(InboxName(bytes: UnsafeRawBufferPointer(start: name, count: length)))
        }
        return names.filter { $0.bytes != [46] && $0.bytes != [46, 46] }.sorted()
    }

    /// Returns the status of the file with this name, or `nil` if the name no longer exists.
    func status(of name: InboxName) throws(SystemError) -> stat? {
        var status = stat()
        guard unsafe fstatat(descriptor, name.cString, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw SystemError() }
            return nil
        }
        return status
    }

    func contains(_ name: InboxName) throws(SystemError) -> Bool { try status(of: name) != nil }

    func makeFolder(_ name: InboxName) throws(SystemError) {
        guard unsafe mkdirat(descriptor, name.cString, 0o700) == 0 || errno == EEXIST else { throw SystemError() }
    }

    /// Opens a file for reading. A pipe without a writer does not block.
    func read(_ name: InboxName) throws(SystemError) -> OpenedFile {
        let file = unsafe openat(descriptor, name.cString, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw SystemError() }
        return OpenedFile(file)
    }

    /// Creates a file. It replaces an earlier file of this name.
    func create(_ name: InboxName, mode: mode_t) throws(SystemError) -> OpenedFile {
        try remove(name)
        let created = unsafe openat(
            descriptor, name.cString, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard created >= 0 else { throw SystemError() }
        let file = OpenedFile(created)
        // The umask reduces the mode at creation, so set it again.
        try file.setMode(mode)
        return file
    }

    /// Removes a file, if there is one.
    func remove(_ name: InboxName) throws(SystemError) {
        guard unsafe unlinkat(descriptor, name.cString, 0) == 0 || errno == ENOENT else { throw SystemError() }
    }

    /// Renames a file. It never replaces another one.
    func move(_ name: InboxName, to folder: HeldFolder? = nil, as newName: InboxName) throws(SystemError) {
        let folder = folder ?? self
        let result = unsafe rename_to_free_name(descriptor, name.cString, folder.descriptor, newName.cString)
        guard result != 0 else { return }
        // Some network disks cannot rename in this way. Only payout creates files in its folders, so checking the name
        // first is enough.
        guard errno == EINVAL, try !folder.contains(newName) else { throw SystemError() }
        try replace(newName, of: folder, by: name)
    }

    func replace(_ newName: InboxName, of folder: HeldFolder? = nil, by name: InboxName) throws(SystemError) {
        let folder = folder ?? self
        let result = unsafe renameat(descriptor, name.cString, folder.descriptor, newName.cString)
        guard result == 0 else { throw SystemError() }
    }

    /// Swaps two files in one step.
    ///
    /// - Returns: `false` if the disk cannot do this.
    func exchange(_ one: InboxName, _ other: InboxName) throws(SystemError) -> Bool {
        let result = unsafe exchange_names(descriptor, one.cString, other.cString)
        guard result != 0 else { return true }
        guard errno == EINVAL || errno == ENOSYS else { throw SystemError() }
        return false
    }

    /// Returns the name, or the first free name of “name (2)”, “name (3)” …
    func free(_ name: InboxName) throws(SystemError) -> InboxName {
        var free = name
        var number = 2
        while try contains(free) {
            free = name.numbered(number)
            number += 1
        }
        return free
    }
}
