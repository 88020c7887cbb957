import Configuration
import Payouts

/// Reads single settings. An error names the setting by its environment variable.
package struct SettingValues: Sendable {
    /// The keys of the settings given on the command line.
    let flags: Set<String>
    let environment: [String: String]
    /// The settings files. Earlier ones take precedence.
    let files: [(name: String, reader: ConfigReader)]
    let reader: ConfigReader

    /// Returns a setting, or `nil` if it is missing or empty.
    package func text(_ key: String) -> String? {
        reader.string(forKey: ConfigKey(key)).flatMap { $0.isEmpty ? nil : $0 }
    }

    func secret(_ key: String) -> String? {
        reader.string(forKey: ConfigKey(key), isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
    }

    package func number(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let upper = range.upperBound == .max ? "up" : "to \(range.upperBound)"
            throw wrong(key, text, "a whole number from \(range.lowerBound) \(upper)")
        }
        return number
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Choice? {
        guard let text = text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw wrong(key, text, Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// - Parameter expected: what the setting must be, for the error.
    func value<Value>(_ key: String, _ expected: String, _ read: (String) throws -> Value) throws -> Value? {
        guard let text = text(key) else { return nil }
        do {
            return try read(text.filter { !$0.isWhitespace })
        } catch {
            throw wrong(key, text, expected)
        }
    }

    func flag(_ key: String) throws -> Bool? {
        switch text(key)?.lowercased() {
        case nil: nil
        case "true", "yes", "1", "on": true
        case "false", "no", "0", "off": false
        case let text?: throw wrong(key, text, "true or false")
        }
    }

    /// Returns the kinds of warnings in a list, separated by commas.
    func kinds(_ key: String) throws -> Set<WarningKind> {
        guard let text = text(key) else { return [] }
        return try text.split(separator: ",").reduce(into: []) { kinds, name in
            guard let kind = WarningKind(option: name.filter { !$0.isWhitespace }) else {
                let known = WarningKind.allCases.map(\.option).joined(separator: ", ")
                throw wrong(key, String(name), "a list of kinds: " + known)
            }
            kinds.insert(kind)
        }
    }

    /// Describes the source of a value.
    func source(of key: String) -> String {
        let name = Self.environmentName(of: key)
        if flags.contains(key) { return "the command line" }
        if environment[name]?.isEmpty == false { return name }
        let file = files.first { $0.reader.string(forKey: ConfigKey(key))?.isEmpty == false }
        return file?.name ?? "by default"
    }

    private func wrong(_ key: String, _ text: String, _ expected: String) -> SettingsError {
        SettingsError.wrong("\(Self.environmentName(of: key)) is “\(text.prefix(40))”; it must be \(expected)")
    }

    static func environmentName(of key: String) -> String {
        "PAYOUT_"
            + key.reduce(into: "") { name, character in
                if character == "." {
                    name += "_"
                } else {
                    name += (character.isUppercase ? "_" : "") + character.uppercased()
                }
            }
    }
}
