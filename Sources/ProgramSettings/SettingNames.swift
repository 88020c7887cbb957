import Configuration
import Foundation
import Synchronization

/// The names of all settings, as settings files write them.
enum SettingNames {
    static let all = Set([
        "account", "approvalAbove", "bank.allowHttp", "bank.password", "bank.passwordFile", "bank.url", "bank.username",
        "concurrency", "desk.host", "desk.name", "desk.port", "desk.tlsCertificate", "desk.tlsKey", "desk.users",
        "keyFile", "lang", "ledger", "maxBatch", "maxDay", "maxRow", "metricsFile", "mfo", "output",
        "reconcile.quietPeriod", "reconcile.whenNotFound", "requestTimeout", "requireApproval", "requireSecondFactor",
        "requireSecondVerdict", "senderName", "twoApprovalsAbove", "unit",
    ]).union(Settings.columns.map(\.key))

    /// The form of standard error is decided before there are settings.
    private static let onlyVariables: Set = ["PAYOUT_LOG"]

    /// Checks the names of the environment's variables. A mistyped name would leave a rule or a limit off.
    static func check(_ environment: [String: String]) throws(SettingsError) {
        let known = Set(all.map(SettingValues.environmentName)).union(onlyVariables)
        let unknown = environment.keys.filter { $0.hasPrefix("PAYOUT_") && !known.contains($0) }
        guard let name = unknown.min() else { return }
        throw SettingsError.wrong("\(name) is not a setting of payout: correct its name, or unset it. Nothing was sent")
    }

    /// Checks what a settings file says. A mistyped name would leave a rule or a limit off, and so would a list.
    static func check(
        _ names: Set<String>, of file: FileProvider<YAMLSnapshot>, at path: String
    ) throws(SettingsError) {
        for name in names.sorted() {
            guard all.contains(name) else {
                throw SettingsError.wrong(
                    "\(name) in \(path) is not a setting of payout: correct its name, or remove it. Nothing was sent")
            }
            guard hasValue(name, in: file) else {
                throw SettingsError.wrong(
                    "\(name) in \(path) must have one value, not a list or nothing. Nothing was sent")
            }
        }
    }

    private static func hasValue(_ name: String, in file: FileProvider<YAMLSnapshot>) -> Bool {
        do {
            let found = try file.value(forKey: AbsoluteConfigKey(ConfigKey(name)), type: .string)
            guard case .string(let text)? = found.value?.content else { return false }
            return !text.isEmpty
        } catch {
            return false
        }
    }
}

/// The names that a settings file has. The library tells them only when it asks which values are secret.
final class FoundSettings: Sendable {
    private let found = Mutex<Set<String>>([])

    var names: Set<String> { found.withLock(\.self) }

    /// Keeps all values secret, because a file may hold the password.
    var options: YAMLSnapshot.ParsingOptions {
        YAMLSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { [self] name, _ in
                found.withLock { _ = $0.insert(name) }
                return true
            })
    }
}
