import Foundation

/// The folder into which payout files are dropped, and where they go from there: `waiting` once they are taken, then `done`
/// or `rejected`. Every move is a rename, so that a file is in one place only; nothing is ever overwritten.
struct InboxFolder: Sendable {
    let path: String

    /// A file that is not taken, and why.
    struct Left {
        let name: String
        let why: String
    }

    private static let unfinished = [".part", ".tmp", ".filepart", ".crdownload", ".swp", "~"]

    /// - Throws: ``Failure`` where there is no such folder, or nothing can be made in it.
    init(_ path: String) throws(Failure) {
        self.path = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(.notFound, "there is no folder \(path)")
        }
        do {
            for folder in [waiting, done, rejected] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        } catch {
            throw Failure(.reportNotWritten, "no folders can be made in \(path): check who may write there")
        }
    }

    var waiting: String { path + "/waiting" }
    var done: String { path + "/done" }
    var rejected: String { path + "/rejected" }

    /// Takes what is complete.
    ///
    /// - Parameter youngest: files changed after this moment may still be being written.
    /// - Returns: all that waits, in order of names, and what was left.
    func take(changedBefore youngest: Date) throws -> (waiting: [String], left: [Left]) {
        let files = FileManager.default
        var left: [Left] = []
        for name in try files.contentsOfDirectory(atPath: path).sorted() where !name.hasPrefix(".") {
            let attributes = try files.attributesOfItem(atPath: path + "/" + name)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                if attributes[.type] as? FileAttributeType != .typeDirectory {
                    left.append(Left(name: name, why: "it is no regular file"))
                }
                continue
            }
            if name.hasPrefix("~$") || Self.unfinished.contains(where: name.lowercased().hasSuffix) {
                left.append(Left(name: name, why: "its name says that it is not finished"))
            } else if let changed = attributes[.modificationDate] as? Date, changed <= youngest {
                try files.moveItem(atPath: path + "/" + name, toPath: waiting + "/" + free(name, in: waiting))
            } else {
                left.append(Left(name: name, why: "it was changed a moment ago, and is taken next time"))
            }
        }
        return (try files.contentsOfDirectory(atPath: waiting).filter { !$0.hasPrefix(".") }.sorted(), left)
    }

    func isDone(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: done + "/" + name)
    }

    /// - Returns: where it lies now.
    func finish(_ name: String) throws -> String {
        let target = done + "/" + free(name, in: done)
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: target)
        return target
    }

    /// - Parameter explain: writes beside the file why it was rejected; gets the path without its extension.
    /// - Returns: where it lies now.
    func reject(_ name: String, explain: (String) throws -> Void) throws -> String {
        let target = rejected + "/" + free(name, in: rejected)
        try explain(URL(fileURLWithPath: target).deletingPathExtension().path)
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: target)
        return target
    }

    /// The name itself, or the first of “name (2)”, “name (3)” … that is free.
    private func free(_ name: String, in folder: String) -> String {
        let url = URL(fileURLWithPath: name)
        let stem = url.deletingPathExtension().lastPathComponent
        let ending = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
        var free = name
        var number = 2
        while FileManager.default.fileExists(atPath: folder + "/" + free) {
            free = "\(stem) (\(number))\(ending)"
            number += 1
        }
        return free
    }
}
