import Foundation
import ProgramSettings

/// A file in the service's folder. Root writes it, and the service's account reads it.
struct ServiceFile {
    let path: String

    var exists: Bool { FileManager.default.fileExists(atPath: path) }
    var folder: String { (path as NSString).deletingLastPathComponent }

    func demandWritable() throws(SetupError) {
        let place = folder.isEmpty ? "." : folder
        guard unsafe access(place, W_OK) == 0 else { throw .folderNotWritable(place) }
    }

    /// Changes settings, and keeps the rest of the file.
    func set(_ values: [Setting: String]) throws {
        var text = SettingsText(exists ? try String(contentsOfFile: path, encoding: .utf8) : "")
        if !exists, path == SettingsFile.ofService {
            text.set(.ledger, to: "/var/lib/payout/payouts.sqlite")
            text.set(.keyFile, to: "/var/lib/payout-key/ledger.key")
            text.set(.output, to: "/var/lib/payout/reports")
        }
        for (setting, value) in values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text.set(setting, to: value)
        }
        try text.check(path: path)
        try write(text.text)
    }

    /// Replaces the file atomically. Others than root and the service's account cannot read it.
    func write(_ text: String) throws(SetupError) {
        let draft = path + ".part"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw cannotWrite }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
        } catch {
            throw cannotWrite
        }
        if let account = Self.account {
            guard fchown(descriptor, 0, account.group) == 0, fchmod(descriptor, 0o640) == 0 else { throw cannotWrite }
        }
        guard unsafe rename(draft, path) == 0 else { throw cannotWrite }
    }

    private var cannotWrite: SetupError {
        .fileNotWritable(path: path, reason: unsafe String(cString: strerror(errno)))
    }

    /// The service's account. `nil` if this machine has none, or if another account than root asks.
    private static var account: (user: uid_t, group: gid_t)? {
        guard geteuid() == 0, let entry = unsafe getpwnam("payout") else { return nil }
        return unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }

    /// Makes the service's account the owner of files that root made.
    static func give(_ paths: String...) throws(SetupError) {
        guard let account else { return }
        for path in paths {
            guard unsafe lchown(path, account.user, account.group) == 0 || errno == ENOENT else {
                throw ServiceFile(path: path).cannotWrite
            }
        }
    }
}
