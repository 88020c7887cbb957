import Bookkeeping
import Foundation
import Reports

/// Puts a text beside each rejected file, and sometimes a workbook, that explains the rejection.
extension InboxFolder {
    /// The file extensions of explanations.
    enum Explanation: String, CaseIterable {
        case text = ".txt"
        case findings = ".findings.xlsx"
    }

    /// Moves a file to `rejected`, with its explanation.
    ///
    /// The explanation is completed under a hidden name before the file moves. Afterwards it gets its own name. So a
    /// crash leaves no file without an explanation, and no explanation belongs to the wrong file.
    ///
    /// - Parameters:
    ///   - newName: the name in `rejected`, if it differs.
    ///   - explain: writes the explanation. Its argument returns the path for a kind of explanation.
    ///   - onMove: called when the file is in `rejected`.
    /// - Returns: the new path of the file.
    func reject(
        _ name: InboxName, as newName: InboxName? = nil, explain: ((Explanation) -> String) throws -> Void,
        onMove: () throws -> Void
    ) throws -> String {
        let target = try rejectedFolder.free((newName ?? name).normalized)
        for kind in Explanation.allCases { try rejectedFolder.remove(Self.draft(kind, of: target)) }
        try explain { rejectedFolder.path(of: Self.draft($0, of: target)) }
        try waitingFolder.move(name, to: rejectedFolder, as: target)
        try onMove()
        try publishExplanation(of: target)
        return rejectedFolder.path(of: target)
    }

    func write(_ text: String, to path: String) throws(SystemError) {
        let name = InboxName(URL(fileURLWithPath: path).lastPathComponent)
        let file = try rejectedFolder.create(name, mode: fileMode)
        try file.write(Array(text.utf8))
        try file.flush()
    }

    /// Renames explanations that a crash left under a hidden name. It removes those whose file was not moved.
    func publishExplanations() throws(SystemError) {
        let names = try rejectedFolder.names()
        var drafts = Set(names.filter(\.isHidden))
        guard !drafts.isEmpty else { return }
        for name in names where !name.isHidden {
            let own = Explanation.allCases.map { Self.draft($0, of: name) }
            guard own.contains(where: drafts.contains) else { continue }
            try publishExplanation(of: name)
            drafts.subtract(own)
        }
        for draft in drafts { try rejectedFolder.remove(draft) }
    }

    private func publishExplanation(of name: InboxName) throws(SystemError) {
        var kinds: [Explanation] = []
        for kind in Explanation.allCases where try rejectedFolder.contains(Self.draft(kind, of: name)) {
            kinds.append(kind)
        }
        let stem = try freeStem(for: kinds, of: name)
        for kind in kinds {
            let draft = Self.draft(kind, of: name)
            try rejectedFolder.read(draft).setMode(fileMode)
            try rejectedFolder.move(draft, as: InboxName(FileName(stem, kind.rawValue).description))
        }
    }

    /// Returns the first name that is free for all explanations. It tries the file's name without its extension, then
    /// the whole name, then numbers.
    private func freeStem(for kinds: [Explanation], of name: InboxName) throws(SystemError) -> String {
        let whole = name.readable
        var stem = FileName.parts(of: whole).stem
        var number = 1
        while try isTaken(stem, by: kinds) {
            stem = number == 1 ? whole : "\(whole) (\(number))"
            number += 1
        }
        return stem
    }

    private func isTaken(_ stem: String, by kinds: [Explanation]) throws(SystemError) -> Bool {
        for kind in kinds where try rejectedFolder.contains(InboxName(FileName(stem, kind.rawValue).description)) {
            return true
        }
        return false
    }

    private static func draft(_ kind: Explanation, of name: InboxName) -> InboxName {
        InboxName(FileName("." + name.readable, kind.rawValue).description)
    }
}
