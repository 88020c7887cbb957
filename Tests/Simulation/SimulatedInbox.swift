import Fixtures
import Foundation
import Operations

/// The inbox of a story, and the files that people dropped into it. All of them have the bytes of the payout file.
extension Simulation {
    var inboxPath: String { papers.path("inbox \(inboxMoves)") }

    enum Place: String, CaseIterable {
        case done, waiting, inbox, rejected

        func path(in inbox: String) -> String { self == .inbox ? inbox : inbox + "/" + rawValue }
    }

    static let fileName = "payroll.csv"
    private static let unfinished = ".part"

    /// Drops a copy of the payout file, like a person who is not sure that it arrived.
    ///
    /// - Parameter isUnfinished: whether the upload is still under way.
    /// - Returns: `false` if a file of this name is there already.
    @discardableResult
    func drop(_ name: String = Simulation.fileName, isUnfinished: Bool = false) throws -> Bool {
        let path = inboxPath + "/" + name
        guard !FileManager.default.fileExists(atPath: path) else { return false }
        try FileManager.default.createDirectory(atPath: inboxPath, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: filePath, toPath: path + (isUnfinished ? Self.unfinished : ""))
        dropped += 1
        note("\(name) is dropped into the inbox\(isUnfinished ? ", and not complete yet" : "")")
        return true
    }

    /// Completes the upload of a file.
    func finishUpload() throws {
        let path = inboxPath + "/" + Self.fileName
        guard FileManager.default.fileExists(atPath: path + Self.unfinished) else { return }
        try FileManager.default.moveItem(atPath: path + Self.unfinished, toPath: path)
        note("the upload is complete")
    }

    /// Drops a rejected file again: somebody looked at its warnings, or the limit was raised.
    func dropRejectedAgain() throws {
        guard try placeOfFile() == .rejected, let name = try names(in: .rejected).first else { return }
        try FileManager.default.moveItem(
            atPath: Place.rejected.path(in: inboxPath) + "/" + name, toPath: inboxPath + "/" + Self.fileName)
        note("the rejected file is dropped again")
        tally("rejected file dropped again")
    }

    /// The progress of the inbox with the file. People may have dropped it several times.
    func placeOfFile() throws -> Place? {
        try Place.allCases.first { try !names(in: $0).isEmpty }
    }

    /// Each dropped file is in exactly one place, and only one of them is paid.
    func checkInbox() throws {
        let found = try Place.allCases.map { ($0, try names(in: $0)) }
        if found.reduce(0, { $0 + $1.1.count }) != dropped {
            violate("\(dropped) files were dropped, and these are there: \(found)")
        }
        if try names(in: .done).count > 1 { violate("several copies of one file count as paid: \(found)") }
    }

    /// Leaves the folder and its lock to the dead process. Its last calls change nothing that matters.
    func leaveInbox() throws {
        guard FileManager.default.fileExists(atPath: inboxPath) else { return }
        let old = inboxPath
        inboxMoves += 1
        try FileManager.default.copyItem(atPath: old, toPath: inboxPath)
    }

    /// The names that people see.
    private func names(in place: Place) throws -> [String] {
        let folder = place.path(in: inboxPath)
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
            !$0.hasPrefix(".") && ($0.hasSuffix(".csv") || $0.hasSuffix(Self.unfinished))
        }
    }
}
