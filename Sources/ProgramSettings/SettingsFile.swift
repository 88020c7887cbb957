import Configuration
import Foundation
import SystemPackage

/// A file of settings. It decides where money goes, so only its account or root may be able to write it.
struct SettingsFile {
    /// The settings of the service on this machine. Timers, the desk and people with sudo all use them.
    static let ofService = "/etc/payout/payout.yaml"
    static let here = "payout.yaml"

    let path: String

    /// Reads the file.
    ///
    /// - Returns: `nil` if there is no file, or if this account may not read the service's file.
    /// - Throws: ``SettingsError`` if others can write the file, if it is not valid, or if it has an unknown setting.
    func read() async throws -> FileProvider<YAMLSnapshot>? {
        guard try isTrusted() else { return nil }
        let found = FoundSettings()
        let file: FileProvider<YAMLSnapshot>
        do {
            file = try await FileProvider<YAMLSnapshot>(
                parsingOptions: found.options, filePath: FilePath(path), allowMissing: true)
        } catch {
            // Do not show the error: it quotes the line, which may contain the password.
            throw SettingsError.wrong(
                "\(path) cannot be read or is not valid YAML: quote values with special characters, and check the indentation"
            )
        }
        try SettingNames.check(found.names, of: file, at: path)
        return file
    }

    private func isTrusted() throws(SettingsError) -> Bool {
        var file = stat()
        guard unsafe lstat(path, &file) == 0 else { return false }
        if path == Self.ofService, unsafe access(path, R_OK) != 0 { return false }
        var folder = stat()
        let folderPath = path.contains("/") ? URL(fileURLWithPath: path).deletingLastPathComponent().path : "."
        guard file.st_mode & S_IFMT == S_IFREG, file.isOurs, !file.canBeWrittenByOthers,
            unsafe stat(folderPath, &folder) == 0, folder.isOurs, !folder.canBeWrittenByOthers
        else {
            throw SettingsError.wrong(
                "\(path) is not used, because another account can write it, its folder or its link, and it says where money goes: "
                    + "work in a folder of your own (chmod go-w), or keep the settings in \(Self.ofService). Nothing was sent"
            )
        }
        return true
    }
}

extension stat {
    fileprivate var isOurs: Bool { st_uid == geteuid() || st_uid == 0 }

    /// Whether others can write the file. Many systems create a group for each account. A group with only that person
    /// counts as the person.
    fileprivate var canBeWrittenByOthers: Bool {
        let isOwnGroup = st_gid == st_uid
        return st_mode & 0o002 != 0 || st_mode & 0o020 != 0 && !isOwnGroup
    }
}
