import Fixtures
import Foundation
import Operations

/// The inbox of a story, and the files that people dropped into it. A file is known by its inode, whatever its name
/// becomes.
extension Simulation {
    var inboxPath: String { papers.path("inbox \(inboxMoves)") }

    enum Place: String, CaseIterable {
        case inbox, waiting, done, rejected

        func path(in inbox: String) -> String { self == .inbox ? inbox : inbox + "/" + rawValue }
    }

    /// Drops a copy of the payout file, as a person does who is not sure whether it arrived.
    ///
    /// - Returns: `false` if a file of this name is there already.
    @discardableResult
    func drop(_ name: String) throws -> Bool {
        let path = inboxPath + "/" + name
        guard !FileManager.default.fileExists(atPath: path) else { return false }
        try FileManager.default.createDirectory(atPath: inboxPath, withIntermediateDirectories: true)
        try Data(contentsOf: URL(fileURLWithPath: filePath)).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.modificationDate: wallClock()], ofItemAtPath: path)
        dropped.append(try Self.inode(of: path))
        note("\(name) is dropped into the inbox")
        return true
    }

    /// Drops a rejected file again: somebody looked at its warnings, or the limit was raised.
    func dropRejectedAgain() throws {
        guard let first = dropped.first, let (place, name) = try whereabouts()[first]?.first, place == .rejected,
            !FileManager.default.fileExists(atPath: inboxPath + "/payroll.csv")
        else { return }
        try FileManager.default.moveItem(
            atPath: place.path(in: inboxPath) + "/" + name, toPath: inboxPath + "/payroll.csv")
        note("the rejected file is dropped again")
        tally("rejected file dropped again")
    }

    /// Where the first file lies.
    func placeOfFile() throws -> Place? {
        try dropped.first.flatMap { try whereabouts()[$0]?.first?.place }
    }

    /// Each dropped file is in exactly one place, and none is there that nobody dropped.
    func checkInbox() throws {
        let found = try whereabouts()
        for file in dropped where found[file]?.count != 1 {
            violate("a dropped file is in \(found[file]?.count ?? 0) places: \(found[file] ?? [])")
        }
        for (file, places) in found where !dropped.contains(file) {
            violate("a payout file appeared that nobody dropped: \(places)")
        }
    }

    /// The process that worked through the inbox is dead, and so is its lock. Its last calls must find nothing.
    func leaveInbox() throws {
        guard FileManager.default.fileExists(atPath: inboxPath) else { return }
        let old = inboxPath
        unsafe unlink(old + "/.inbox.runner")
        inboxMoves += 1
        try FileManager.default.moveItem(atPath: old, toPath: inboxPath)
    }

    private func whereabouts() throws -> [UInt64: [(place: Place, name: String)]] {
        var found: [UInt64: [(place: Place, name: String)]] = [:]
        for place in Place.allCases {
            let folder = place.path(in: inboxPath)
            guard FileManager.default.fileExists(atPath: folder) else { continue }
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            where name.hasSuffix(".csv") {
                found[try Self.inode(of: folder + "/" + name), default: []].append((place, name))
            }
        }
        return found
    }

    private static func inode(of path: String) throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let inode = attributes[.systemFileNumber] as? NSNumber else { throw CocoaError(.fileReadUnknown) }
        return inode.uint64Value
    }
}
