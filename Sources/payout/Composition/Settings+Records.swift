import Foundation
import ProgramSettings

/// The records of the desk, which belong in a backup of the ledger.
extension Settings {
    /// Copies the audit logs and the users file, each under the name of the ledger's copy and an ending of its own.
    ///
    /// - Returns: the names of the copies.
    func copyRecords(beside copy: String) throws -> [String] {
        let ledger = URL(fileURLWithPath: ledgerPath)
        let folder = ledger.deletingLastPathComponent()
        let log = ledger.lastPathComponent + ".audit"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let logs = names.filter { $0.hasPrefix(log) }.sorted()
        var records = logs.map { name in
            (from: folder.appendingPathComponent(name).path, to: copy + ".audit" + name.dropFirst(log.count))
        }
        if FileManager.default.fileExists(atPath: deskUsersPath) { records.append((deskUsersPath, copy + ".users")) }
        for record in records {
            guard !FileManager.default.fileExists(atPath: record.to) else {
                throw CommandError(.ledgerTrouble, "\(record.to) exists already: name another file")
            }
            try FileManager.default.copyItem(atPath: record.from, toPath: record.to)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: record.to)
        }
        return records.map(\.to)
    }
}
