package import Foundation
package import Payouts

/// The moments at which the administrator unlocked names. They are in a file beside the users file, because the desk
/// counts failed sign-ins in memory.
extension UsersFile {
    private var unlockedPath: String { path + ".unlocked" }

    /// Unlocks a name at a moment. The desk then forgets the failed sign-ins before.
    package func unlock(_ name: UserName, at moment: Date) throws {
        try change { _ in
            var lines = try unlockedLines().filter { $0.name != name.text }
            lines.append((name.text, moment))
            let text = lines.map { "\($0.name) \($0.at.timeIntervalSince1970)\n" }.joined()
            try Data(text.utf8).write(to: URL(fileURLWithPath: unlockedPath), options: .atomic)
        }
    }

    /// Returns the moment at which a name was last unlocked.
    func unlocked(_ name: String) throws -> Date? {
        try unlockedLines().first { $0.name == name }?.at
    }

    private func unlockedLines() throws -> [(name: String, at: Date)] {
        guard FileManager.default.fileExists(atPath: unlockedPath) else { return [] }
        return try String(contentsOfFile: unlockedPath, encoding: .utf8).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 2, let seconds = TimeInterval(parts[1]) else { return nil }
            return (String(parts[0]), Date(timeIntervalSince1970: seconds))
        }
    }
}
