import Foundation
import Reports

/// The folder into which people drop payout files. A file moves to `waiting` when it is taken, then to `done` or
/// `rejected`.
///
/// Every move is a rename, so that a file is in one place only. Nothing is ever overwritten.
package struct InboxFolder: Sendable {
    package let path: String

    /// A file that was not taken, and the reason.
    package struct Left: Sendable {
        let name: String
        let why: Why

        package enum Why: Sendable {
            case notRegular
            /// The name is that of an unfinished download or copy.
            case unfinished
            case changedAMomentAgo
        }
    }

    private static let unfinished = [".part", ".tmp", ".filepart", ".crdownload", ".swp", "~"]

    /// - Throws: ``OperationError`` if the folder does not exist, or its subfolders cannot be created.
    package init(_ path: String) throws(OperationError) {
        self.path = path
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw .noInboxFolder(path)
        }
        do {
            for folder in [waiting, done, rejected] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        } catch {
            throw .cannotMakeInboxFolders(path)
        }
    }

    var waiting: String { path + "/waiting" }
    var done: String { path + "/done" }
    var rejected: String { path + "/rejected" }

    /// Takes the complete files. Normalizes their names to Unicode NFC, the form that the ledger uses.
    ///
    /// - Parameter youngest: a file changed after this moment may still be growing.
    /// - Returns: the names of all waiting files, sorted, and the files that were left.
    func take(changedBefore youngest: Date) throws -> (waiting: [String], left: [Left]) {
        let files = FileManager.default
        var left: [Left] = []
        for name in try files.contentsOfDirectory(atPath: path).sorted() where !name.hasPrefix(".") {
            let attributes = try files.attributesOfItem(atPath: path + "/" + name)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                if attributes[.type] as? FileAttributeType != .typeDirectory {
                    left.append(Left(name: name, why: .notRegular))
                }
                continue
            }
            if name.hasPrefix("~$") || Self.unfinished.contains(where: name.lowercased().hasSuffix) {
                left.append(Left(name: name, why: .unfinished))
            } else if let changed = attributes[.modificationDate] as? Date, changed <= youngest {
                try files.moveItem(atPath: path + "/" + name, toPath: waiting + "/" + free(name, in: waiting))
            } else {
                left.append(Left(name: name, why: .changedAMomentAgo))
            }
        }
        return (try files.contentsOfDirectory(atPath: waiting).filter { !$0.hasPrefix(".") }.sorted(), left)
    }

    /// - Parameter name: may be in another Unicode form, because an earlier version stored it so.
    func isDone(_ name: String) -> Bool {
        [name, name.precomposedStringWithCanonicalMapping].contains {
            FileManager.default.fileExists(atPath: done + "/" + $0)
        }
    }

    /// Moves a paid file to `done`.
    ///
    /// - Returns: its new path.
    func finish(_ name: String) throws -> String {
        let target = done + "/" + free(name, in: done)
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: target)
        return target
    }

    /// Moves a file to `rejected`.
    ///
    /// - Parameter explain: writes the reason beside the file; its argument maps a file ending to a path.
    /// - Returns: the new path of the file.
    func reject(_ name: String, explain: ((_ ending: String) -> String) throws -> Void) throws -> String {
        let target = free(name, in: rejected)
        let stem = URL(fileURLWithPath: target).deletingPathExtension().lastPathComponent
        try explain { "\(rejected)/\(FileName(stem, $0))" }
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: rejected + "/" + target)
        return rejected + "/" + target
    }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// Returns the name itself, or the first of “name (2)”, “name (3)” … that is free.
    private func free(_ name: String, in folder: String) -> String {
        var free = name.precomposedStringWithCanonicalMapping
        let (stem, ending) = FileName.parts(of: free)
        var number = 2
        while FileManager.default.fileExists(atPath: folder + "/" + free) {
            free = FileName(stem, " (\(number))\(ending)").description
            number += 1
        }
        return free
    }
}
