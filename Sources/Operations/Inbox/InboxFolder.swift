import Bookkeeping
import Foundation
import Payouts
import Processing

/// The folder into which people drop payout files. A taken file moves to `waiting`, and later to `done` or `rejected`.
///
/// Every move is a rename, so a file is in one place only. Nothing is ever overwritten, and no link is followed. People
/// need only the right to drop files: payout's account alone writes in the three folders.
package struct InboxFolder: Sendable {
    package let path: String
    let folder: HeldFolder
    let waitingFolder: HeldFolder
    let doneFolder: HeldFolder
    let rejectedFolder: HeldFolder
    /// The mode of payout's files. The group may read them if it may read the inbox.
    let fileMode: mode_t
    /// The files that had the names of payout's folders. They have new names now.
    private let setAside: [Left]

    private static let stickyBit: mode_t = 0o1000
    /// The mode bit that gives new files the folder's group.
    private static let inheritsGroup: mode_t = 0o2000

    /// The reason why a folder cannot be an inbox.
    package enum Flaw: Hashable, Sendable {
        /// Another account owns the folder, and could rename payout's folders.
        case ofAnotherAccount
        /// Several people may write in the folder without the sticky bit, and so could rename and delete each other's
        /// files.
        case withoutStickyBit
    }

    /// Opens the inbox.
    /// - Throws: ``OperationError`` if the folder does not exist or cannot be an inbox, or if its subfolders cannot be
    ///   created.
    package init(_ path: String) throws(OperationError) {
        self.path = path
        let mode: mode_t
        do {
            folder = try HeldFolder(path)
            let status = try folder.status()
            guard status.st_uid == geteuid() else { throw OperationError.inboxUnsafe(path, .ofAnotherAccount) }
            guard status.st_mode & 0o022 == 0 || status.st_mode & Self.stickyBit != 0 else {
                throw OperationError.inboxUnsafe(path, .withoutStickyBit)
            }
            mode = status.st_mode
        } catch let error as OperationError {
            throw error
        } catch let error as SystemError where error.code == ENOENT || error.code == ENOTDIR {
            throw .noInboxFolder(path)
        } catch {
            throw .cannotMakeInboxFolders(path)
        }
        fileMode = 0o600 | mode & 0o040
        do {
            var setAside: [Left] = []
            waitingFolder = try Self.own("waiting", in: folder, 0o700 | mode & 0o050, &setAside)
            doneFolder = try Self.own("done", in: folder, 0o700 | mode & 0o050, &setAside)
            rejectedFolder = try Self.own("rejected", in: folder, 0o700 | mode & 0o050, &setAside)
            self.setAside = setAside
        } catch {
            throw .cannotMakeInboxFolders(path)
        }
    }

    /// Opens one of payout's folders, or creates it. If anything else has its name, it gives that a new name.
    private static func own(
        _ name: String, in folder: HeldFolder, _ mode: mode_t, _ setAside: inout [Left]
    ) throws(SystemError) -> HeldFolder {
        let name = InboxName(name)
        if let found = try folder.status(of: name), found.st_uid != geteuid() || found.st_mode & S_IFMT != S_IFDIR {
            let aside = try folder.free(name.numbered(2))
            try folder.move(name, as: aside)
            setAside.append(Left(aside, .inOurPlace, isOverdue: true))
        }
        try folder.makeFolder(name)
        let own = try HeldFolder(name, in: folder)
        let status = try own.status()
        guard status.st_uid == geteuid() else {
            errno = EPERM
            throw SystemError()
        }
        if status.st_mode & 0o777 != mode { try own.setMode(mode | status.st_mode & Self.inheritsGroup) }
        return own
    }

    func path(ofWaiting name: InboxName) -> String { waitingFolder.path(of: name) }

    package var waiting: String { waitingFolder.path }
    package var done: String { doneFolder.path }
    package var rejected: String { rejectedFolder.path }
}

// MARK: Taking files

extension InboxFolder {
    /// A file that was not taken, and the reason.
    package struct Left: Sendable {
        let name: String
        package let why: Why
        /// Whether a person must look at it: it was left for more than an hour, or waiting does not help.
        package let isOverdue: Bool

        init(_ name: InboxName, _ why: Why, isOverdue: Bool) {
            self.name = name.shown
            self.why = why
            self.isOverdue = isOverdue
        }

        package enum Why: Sendable {
            case notRegular
            case folder
            /// The file had the name of one of payout's folders.
            case inOurPlace
            /// The name belongs to an unfinished download or copy.
            case unfinished
            /// The name begins with a dot.
            case hidden
            case changedAMomentAgo
            case beingWritten
            case cannotBeTaken(reason: String)
        }
    }

    /// The files that wait to be paid.
    struct Taking {
        var waiting: [InboxName] = []
        /// The files that were dropped since the last round.
        var new: Set<InboxName> = []
        var left: [Left]
    }

    private static let unfinished = [".part", ".tmp", ".filepart", ".crdownload", ".swp", "~"]
    /// The files that file managers create on their own.
    private static let ignored: Set = [".DS_Store", ".directory"]
    private static let longestWait: TimeInterval = 3600

    /// Takes the complete files, under their names in Unicode NFC.
    ///
    /// A file is complete if nobody has it open for writing and it was not changed for a while. Sometimes the system
    /// does not know the writers, or the time of the change is ahead of this machine's clock. Then the file is complete
    /// if it is unchanged at a second look.
    ///
    /// - Parameter settling: the number of seconds without a change. With 0, only writers keep a file from being taken.
    func take(settling: TimeInterval, _ time: TimeSource) async throws -> Taking {
        var taking = Taking(left: setAside)
        var toLookAtAgain: [(InboxName, stat)] = []
        let aside = Set(setAside.map(\.name))
        for name in try folder.names() where !isOurs(name) && !aside.contains(name.shown) {
            do {
                guard let status = try folder.status(of: name) else { continue }
                switch try readiness(of: name, status, settling: settling, now: time.now()) {
                case .ready: try take(name, &taking)
                case .inDoubt: toLookAtAgain.append((name, status))
                case .left(let why):
                    taking.left.append(Left(name, why, isOverdue: isOverdue(status, now: time.now())))
                }
            } catch {
                taking.left.append(Left(name, .cannotBeTaken(reason: error.description), isOverdue: true))
            }
        }
        if !toLookAtAgain.isEmpty { try await time.sleep(.seconds(settling)) }
        for (name, earlier) in toLookAtAgain {
            do {
                guard let status = try folder.status(of: name) else { continue }
                if status.isSameState(as: earlier) {
                    try take(name, &taking)
                } else {
                    taking.left.append(Left(name, .changedAMomentAgo, isOverdue: false))
                }
            } catch {
                taking.left.append(Left(name, .cannotBeTaken(reason: error.description), isOverdue: true))
            }
        }
        taking.waiting = try waitingFolder.names().filter { !$0.isHidden }
        return taking
    }

    private func isOurs(_ name: InboxName) -> Bool {
        guard let text = name.text else { return false }
        return ["waiting", "done", "rejected"].contains(text) || Self.ignored.contains(text) || text.hasPrefix("._")
    }

    private enum Readiness {
        case ready
        case inDoubt
        case left(Left.Why)
    }

    private func readiness(
        of name: InboxName, _ status: stat, settling: TimeInterval, now: Date
    ) throws(SystemError) -> Readiness {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return .left(.folder)
        default: return .left(.notRegular)
        }
        if name.isHidden { return .left(.hidden) }
        let text = name.text?.lowercased() ?? ""
        if text.hasPrefix("~$") || Self.unfinished.contains(where: text.hasSuffix) { return .left(.unfinished) }
        let writers = try writers(of: name)
        if writers == .some { return .left(.beingWritten) }
        guard settling > 0 else { return .ready }
        let age = now.timeIntervalSince(status.lastChange)
        if age >= 0, age < settling { return .left(.changedAMomentAgo) }
        return age < 0 || writers == .unknown ? .inDoubt : .ready
    }

    private func writers(of name: InboxName) throws(SystemError) -> OpenedFile.Writers {
        do {
            return try folder.read(name).holdWritersBack()
        } catch  where error.code == EACCES || error.code == EPERM {
            // Take the file and reject it: the person who dropped it must learn that it cannot be read.
            return .unknown
        }
    }

    private func take(_ name: InboxName, _ taking: inout Taking) throws(SystemError) {
        let free = try waitingFolder.free(name.normalized)
        do {
            try folder.move(name, to: waitingFolder, as: free)
            taking.new.insert(free)
        } catch  where error.code == ENOENT {
            // Somebody removed the file again.
        }
    }

    /// Returns whether a file was left too long, by the time of its last change, which only the system sets. A time
    /// ahead of this machine's clock proves nothing, so a person must look.
    private func isOverdue(_ status: stat, now: Date) -> Bool {
        let age = now.timeIntervalSince(status.lastChange)
        return age > Self.longestWait || age < -Self.longestWait
    }
}

extension stat {
    /// The time when the content, owner, mode or name last changed. Unlike the modification time, nobody can set it.
    fileprivate var lastChange: Date {
        Date(timeIntervalSince1970: Double(st_ctim.tv_sec) + Double(st_ctim.tv_nsec) / 1e9)
    }

    fileprivate func isSameState(as other: stat) -> Bool {
        st_ino == other.st_ino && st_size == other.st_size && lastChange == other.lastChange
            && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}

// MARK: Finishing files

extension InboxFolder {
    /// Returns whether a file is in `done`.
    /// - Parameter name: the name. An earlier version may have stored it in another Unicode form.
    func isDone(_ name: InboxName) throws(SystemError) -> Bool {
        if try doneFolder.contains(name) { return true }
        return try doneFolder.contains(name.normalized)
    }

    /// Moves a paid file to `done`.
    ///
    /// - Returns: its new path.
    func finish(_ name: InboxName) throws(SystemError) -> String {
        let target = try doneFolder.free(name.normalized)
        try waitingFolder.move(name, to: doneFolder, as: target)
        return doneFolder.path(of: target)
    }

    /// Makes a report in `done` readable for the people who may read the inbox.
    func share(_ report: String) throws(SystemError) {
        try doneFolder.read(InboxName(report)).setMode(fileMode)
    }
}
