import Payouts

/// Reads single settings. An error names the place of the value.
package struct SettingValues: Sendable {
    /// The settings given on the command line.
    let options: [Setting: String]
    let environment: [String: String]
    /// The settings files that exist. Earlier ones take precedence.
    let files: [SettingsFile.Content]

    /// The place that a value comes from.
    package enum Source: Equatable, Sendable {
        case option(String)
        case variable(String)
        case file(path: String, line: Int)
        case none
    }

    /// Finds a setting and its source. An empty value counts as missing.
    private func find(_ setting: Setting) -> (text: String, source: Source)? {
        if let text = options[setting], !text.isEmpty { return (text, .option(setting.option)) }
        if let text = environment[setting.variable], !text.isEmpty { return (text, .variable(setting.variable)) }
        for file in files {
            if let value = file.values[setting], !value.text.isEmpty {
                return (value.text, .file(path: file.path, line: value.line))
            }
        }
        return nil
    }

    /// Checks the names of the variables. A mistyped name would leave a rule or a limit off.
    func demandKnownVariables() throws(SettingsError) {
        let known = Set(Setting.allCases.map(\.variable))
        let unknown = environment.filter { $0.key.hasPrefix("PAYOUT_") && !$0.value.isEmpty && !known.contains($0.key) }
        guard let name = unknown.keys.min() else { return }
        let advice = Setting.advice(on: name, spelledAs: \.variable, orElse: "unset it")
        throw SettingsError.wrong("\(name) is not a setting of payout: \(advice) Nothing was sent")
    }

    /// Returns a setting, or `nil` if it is missing or empty.
    package func text(_ setting: Setting) -> String? { find(setting)?.text }

    package func source(of setting: Setting) -> Source { find(setting)?.source ?? .none }

    package func number(_ setting: Setting, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(setting) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let upper = range.upperBound == .max ? "up" : "to \(range.upperBound)"
            throw wrong(setting, text, "a whole number from \(range.lowerBound) \(upper)")
        }
        return number
    }

    package func choice<Choice: RawRepresentable<String> & CaseIterable>(_ setting: Setting) throws -> Choice? {
        guard let text = text(setting) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw wrong(setting, text, Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// - Parameter expected: what the setting must be, for the error.
    func value<Value>(_ setting: Setting, _ expected: String, _ read: (String) throws -> Value) throws -> Value? {
        guard let text = text(setting) else { return nil }
        do {
            return try read(text.filter { !$0.isWhitespace })
        } catch {
            throw wrong(setting, text, expected)
        }
    }

    package func flag(_ setting: Setting) throws -> Bool? {
        switch text(setting)?.lowercased() {
        case nil: nil
        case "true", "yes", "1", "on": true
        case "false", "no", "0", "off": false
        case let text?: throw wrong(setting, text, "true or false")
        }
    }

    /// Returns the kinds of warnings in a list, separated by commas.
    func kinds(_ setting: Setting) throws -> Set<WarningKind> {
        guard let text = text(setting) else { return [] }
        return try text.split(separator: ",").reduce(into: []) { kinds, name in
            guard let kind = WarningKind(option: name.filter { !$0.isWhitespace }) else {
                let known = WarningKind.allCases.map(\.option).joined(separator: ", ")
                throw wrong(setting, String(name), "a list of kinds: " + known)
            }
            kinds.insert(kind)
        }
    }

    /// Names a setting by the place of its value: `PAYOUT_LANG`, or `lang in payout.yaml, line 3,`.
    package func name(_ setting: Setting) -> String {
        switch source(of: setting) {
        case .option(let option): option
        case .variable(let variable): variable
        case .file(let path, let line): "\(setting.rawValue) in \(path), line \(line),"
        case .none: setting.variable
        }
    }

    private func wrong(_ setting: Setting, _ text: String, _ expected: String) -> SettingsError {
        SettingsError.wrong("\(name(setting)) is “\(text.prefix(40))”; it must be \(expected)")
    }
}

extension SettingValues.Source: CustomStringConvertible {
    package var description: String {
        switch self {
        case .option: "the command line"
        case .variable(let variable): variable
        case .file(let path, let line): "\(path), line \(line)"
        case .none: "by default"
        }
    }
}
