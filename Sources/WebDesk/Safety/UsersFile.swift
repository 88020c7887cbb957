package import Foundation
package import Payouts

/// The file of the users who may sign in. Each line is `name role hash`, followed by the second factor if there is one.
/// Only its owner may read or write the file.
package struct UsersFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads the users. Returns an empty list if there is no file.
    package func users() throws(UsersFileError) -> [User] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw unsafe .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw .readableByOthers(path: path)
        }
        let text: String
        do {
            text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        var users: [User] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            guard let user = Self.user(line) else { throw .malformed(path: path, line: number + 1) }
            users.append(user)
        }
        return users
    }

    /// Changes the users. Meanwhile no other process can change them, so that no code is accepted twice.
    package func change<Result>(_ body: (inout [User]) throws -> Result) throws -> Result {
        try makeFolder()
        let lock = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else {
            throw unsafe UsersFileError.unwritable(path: path, reason: String(cString: strerror(errno)))
        }
        // Closing the file also releases the lock.
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else {
            throw unsafe UsersFileError.unwritable(path: path, reason: String(cString: strerror(errno)))
        }
        let before = try users()
        var users = before
        let result = try body(&users)
        if users != before { try write(users) }
        return result
    }

    /// Adds a user, or changes the user's role and password.
    ///
    /// - Parameter salt: 16 random bytes.
    package func put(_ name: UserName, _ role: Role, password: String, salt: Data) throws {
        let hash = try PasswordHash(of: password, salt: salt)
        try change { users in
            let secondFactor = users.first { $0.name == name }?.secondFactor
            users.removeAll { $0.name == name }
            users.append(User(name: name, role: role, password: hash, secondFactor: secondFactor))
        }
    }

    private func makeFolder() throws(UsersFileError) {
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unwritable(path: path, reason: "its folder cannot be made")
        }
    }

    /// Replaces the file atomically.
    package func write(_ users: [User]) throws(UsersFileError) {
        let text = users.sorted { $0.name.text < $1.name.text }
            .map { user in
                "\(user.name) \(user.role.rawValue) \(user.password)"
                    + (user.secondFactor.map { " \($0)" } ?? "") + "\n"
            }.joined()
        try makeFolder()
        let draft = path + ".part"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unsafe .unwritable(path: path, reason: String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            unsafe unlink(draft)
            throw .unwritable(path: path, reason: "\(error)")
        }
        guard unsafe rename(draft, path) == 0 else {
            throw unsafe .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    private static func user(_ line: Substring) -> User? {
        let parts = line.split(separator: " ")
        guard (3...4).contains(parts.count), let role = Role(rawValue: String(parts[1])),
            let password = PasswordHash(String(parts[2]))
        else { return nil }
        let secondFactor = parts.count == 4 ? SecondFactor(String(parts[3])) : nil
        guard parts.count == 3 || secondFactor != nil else { return nil }
        do {
            return User(
                name: try UserName(String(parts[0])), role: role, password: password, secondFactor: secondFactor)
        } catch {
            return nil
        }
    }
}

/// An error while reading or writing the users file.
package enum UsersFileError: Error, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case readableByOthers(path: String)
    case malformed(path: String, line: Int)
    case unwritable(path: String, reason: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "the users file \(path) cannot be read (\(reason)): restore it from a copy, make the desk's account its owner, or "
                + "remove it and add the users again with payout desk-user add"
        case .readableByOthers(let path):
            "the users file \(path) can be read or written by others than its owner: run chmod 600 on it, and let every user in "
                + "it choose a new password"
        case .malformed(let path, let line):
            "line \(line) of the users file \(path) is not “name role hash” with a second factor or without one: remove it, and add the user again with payout "
                + "desk-user add"
        case .unwritable(let path, let reason): "the users file \(path) cannot be written (\(reason))"
        }
    }
}
