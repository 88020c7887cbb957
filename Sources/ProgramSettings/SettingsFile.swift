import Foundation
import Yams

/// A file of settings. It decides where money goes, so only its account or root may be able to write it.
package struct SettingsFile {
    /// The settings of the service on this machine. Timers, the desk and people with sudo all use them.
    package static let ofService = "/etc/payout/payout.yaml"
    static let here = "payout.yaml"

    let path: String

    /// The settings in a file, each with its line.
    struct Content: Sendable {
        let path: String
        let values: [Setting: (text: String, line: Int)]
    }

    /// Reads the file.
    ///
    /// - Returns: `nil` if there is no file, or if this account may not read the service's file.
    /// - Throws: ``SettingsError`` if others can write the file, or if it is not valid.
    func read() throws(SettingsError) -> Content? {
        guard try isTrusted() else { return nil }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SettingsError.wrong("\(path) cannot be read, or is not text in UTF-8")
        }
        return Content(path: path, values: try values(in: text))
    }

    func values(in text: String) throws(SettingsError) -> [Setting: (text: String, line: Int)] {
        var values: [Setting: (text: String, line: Int)] = [:]
        var slips: [String] = []
        for entry in try entries(in: text) {
            let place = "\(entry.key.prefix(60)) in \(path), line \(entry.line),"
            guard let setting = Setting(rawValue: entry.key) else {
                slips.append("\(place) \(Self.advice(on: entry.key))")
                continue
            }
            guard let value = entry.value, !value.isEmpty else {
                slips.append("\(place) must have one value, not a list or nothing.")
                continue
            }
            values[setting] = (value, entry.line)
        }
        // A mistyped name would leave a rule or a limit off.
        guard slips.isEmpty else { throw SettingsError.wrong("\(slips.joined(separator: " ")) Nothing was sent") }
        return values
    }

    private static func advice(on key: String) -> String {
        if let member = Setting.allCases.first(where: { $0.rawValue.hasPrefix(key + ".") }) {
            return
                "is a group of settings: write \(member.rawValue.dropFirst(key.count + 1)) on a line of its own below it, "
                + "indented."
        }
        return "is not a setting of payout: " + Setting.advice(on: key, spelledAs: \.rawValue, orElse: "remove it")
    }

    /// - Returns: each key with its path and its text. The text of a list is `nil`.
    private func entries(in text: String) throws(SettingsError) -> [(key: String, value: String?, line: Int)] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            // Do not show the error: it quotes the line, which may contain the password.
            let place = (error as? YamlError)?.line.map { ", line \($0)," } ?? ""
            throw SettingsError.wrong(
                "\(path)\(place) is not valid YAML: name each setting once, quote values with special characters, and "
                    + "check the indentation")
        }
        guard let root, root != Node("", Tag(.null)) else { return [] }
        guard let mapping = root.mapping else {
            throw SettingsError.wrong("\(path), line 1, is not valid: each setting needs a line “name: value”")
        }
        return Self.flatten(mapping, below: "")
    }

    private static func flatten(
        _ mapping: Node.Mapping, below group: String
    ) -> [(key: String, value: String?, line: Int)] {
        mapping.flatMap { name, value in
            let key = group + (name.string ?? "")
            if let members = value.mapping { return flatten(members, below: key + ".") }
            return [(key, value.scalar?.string, name.mark?.line ?? 1)]
        }
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

extension YamlError {
    /// The line of the mistake.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }
}
