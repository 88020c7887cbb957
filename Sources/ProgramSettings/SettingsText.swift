import Foundation

/// The text of a settings file. Changes keep its comments.
package struct SettingsText {
    private var lines: [String]

    package init(_ text: String) {
        lines = text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
    }

    package var text: String { lines.joined(separator: "\n") + "\n" }

    /// Checks that the text is a valid settings file.
    ///
    /// - Parameter path: the name of the file, for the error.
    package func check(path: String) throws(SettingsError) {
        _ = try SettingsFile(path: path).values(in: text)
    }

    /// Sets a value where the setting is, or where a comment shows it, or otherwise at the end of its group.
    package mutating func set(_ setting: Setting, to value: String) {
        let parts = setting.rawValue.components(separatedBy: ".")
        let (group, name) = (parts.count > 1 ? parts[0] : nil, parts[parts.count - 1])
        let line = (group == nil ? "" : "  ") + "\(name): \(Self.quoted(value))"
        let entries = self.entries
        let places = entries.filter { $0.group == group && $0.name == name }
        let heading = entries.first { $0.group == nil && $0.name == group && $0.isHeading }
        if let heading { lines[heading.index] = "\(heading.name):" }
        if let place = places.first(where: { !$0.isComment }) ?? places.first {
            lines[place.index] = line
        } else if let heading {
            lines.insert(line, at: heading.index + 1)
        } else {
            lines += (group.map { ["\($0):"] } ?? []) + [line]
        }
    }

    private struct Entry {
        let index: Int
        let group: String?
        let name: String
        let isComment, isHeading: Bool
    }

    /// The lines with a setting, also those that are comments.
    private var entries: [Entry] {
        var group: String?
        return lines.enumerated().compactMap { index, line in
            guard let match = line.wholeMatch(of: /( *)(#?)(\w+):(.*)/) else { return nil }
            let isHeading = match.1.isEmpty && match.4.allSatisfy { $0 == " " }
            if match.1.isEmpty { group = isHeading ? String(match.3) : nil }
            return Entry(
                index: index, group: match.1.isEmpty ? nil : group, name: String(match.3),
                isComment: !match.2.isEmpty, isHeading: isHeading)
        }
    }

    private static func quoted(_ value: String) -> String {
        let words: Set = ["yes", "no", "on", "off", "null"]
        if value.wholeMatch(of: /[A-Za-z\/][A-Za-z0-9_.\/:-]*[A-Za-z0-9]/) != nil, !words.contains(value.lowercased()) {
            return value
        }
        let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
