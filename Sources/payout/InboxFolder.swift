import Foundation
import Reports

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
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
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

    /// Takes what is complete, under its name in Unicode's form NFC, which is what the ledger knows it by.
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

    /// - Parameter name: may be in another form, as an earlier version stored it.
    func isDone(_ name: String) -> Bool {
        [name, name.precomposedStringWithCanonicalMapping].contains {
            FileManager.default.fileExists(atPath: done + "/" + $0)
        }
    }

    /// - Returns: where it lies now.
    func finish(_ name: String) throws -> String {
        let target = done + "/" + free(name, in: done)
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: target)
        return target
    }

    /// - Parameter explain: writes beside the file why it was rejected; gets the path of a file with another ending.
    /// - Returns: where it lies now.
    func reject(_ name: String, explain: ((_ ending: String) -> String) throws -> Void) throws -> String {
        let target = free(name, in: rejected)
        let stem = URL(fileURLWithPath: target).deletingPathExtension().lastPathComponent
        try explain { "\(rejected)/\(FileName(stem, $0))" }
        try FileManager.default.moveItem(atPath: waiting + "/" + name, toPath: rejected + "/" + target)
        return rejected + "/" + target
    }

    /// The name itself, or the first of “name (2)”, “name (3)” … that is free.
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
