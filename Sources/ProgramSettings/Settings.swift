import AnorBank
package import Bookkeeping
import Foundation
import MerchantAPI
package import Operations
import PaymentValues
package import PayoutFiles
package import Payouts
import Processing

/// The settings. Each value comes from the first source that has it: an option, the environment (`PAYOUT_…`), a file, or
/// the default. The files are the one that `--config` names, or otherwise `payout.yaml` in this folder, in the person's
/// configuration folder, and in `/etc/payout`. Under sudo only the last one counts.
package struct Settings: Sendable {
    package let ledgerPath: String
    /// The ledger of `--sandbox`, unless `--ledger` names another.
    let sandboxLedgerPath: String
    /// Whether `ledgerPath` is the default.
    let isDefaultLedger: Bool
    /// Whether payouts go to the built-in bank, which moves no money.
    package let isSandboxed: Bool
    package let keyFilePath: String
    package let outputFolder: String
    package let language: Language
    package let concurrency: Int
    package let requestTimeout: Duration
    let quietPeriod: Duration
    let whenNotFound: ReconciliationPolicy.WhenNotFound
    package let senderName: String
    let limits: SendingRules.Limits
    let requiresApproval: Bool
    let approvalAbove: Tiyin?
    let twoApprovalsAbove: Tiyin?
    let requiresSecondFactor: Bool
    let requiresSecondVerdict: Bool
    /// The kinds of warnings that are accepted in advance.
    let acceptedWarnings: Set<WarningKind>
    package let retention: Retention
    /// The company's name, for reports.
    package let organisation: String?
    /// The answers to what payout files leave open.
    package let choices: FileChoices
    /// The file for Prometheus metrics.
    package let metricsFile: String?
    package let caller: Caller
    package let values: SettingValues
    /// The person's statements about the ledger.
    package var opening = LedgerOpening()

    /// Reads the settings.
    /// - Parameters:
    ///   - options: the settings given on the command line.
    ///   - file: the settings file to read in place of the usual ones.
    ///   - isSandboxed: whether `--sandbox` was given. It is not a setting: if somebody forgot it there, nobody would
    ///     be paid.
    /// - Throws: ``SettingsError`` that names the invalid setting.
    package init(
        options: [Setting: String], file: String? = nil, isSandboxed: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        caller = try Caller(environment)
        if caller.borrowsAccount { try Self.refusePaths(in: options, file: file) }
        values = SettingValues(
            options: options,
            // Under sudo the environment is the caller's, but the rights are the service's.
            environment: caller.borrowsAccount ? ["HOME": Caller.home] : environment,
            files: try Self.files(file, caller: caller, environment))
        try values.demandKnownVariables()
        let environment = values.environment
        self.isSandboxed = isSandboxed
        let named = values.text(.ledger)
        let ledger = Self.resolved(named ?? Self.defaultLedger(environment))
        isDefaultLedger = named == nil
        sandboxLedgerPath = Self.resolved(Self.sandboxLedger(beside: ledger))
        ledgerPath = isSandboxed && options[.ledger] == nil ? sandboxLedgerPath : ledger
        keyFilePath = values.text(.keyFile) ?? Self.configurationFolder(environment) + "/ledger.key"
        outputFolder = values.text(.output) ?? (caller.borrowsAccount ? Self.reports(beside: ledger) : "output")
        language = try values.choice(.lang) ?? Language(localeOf: ProcessInfo.processInfo.environment)
        concurrency = try values.number(.concurrency, in: 1...1024) ?? 16
        requestTimeout = .seconds(try values.number(.requestTimeout, in: 1...3600) ?? 60)
        quietPeriod = .seconds(try values.number(.quietPeriod, in: 0...604_800) ?? 600)
        whenNotFound = try values.choice(.whenNotFound) ?? .review
        senderName = values.text(.senderName) ?? "viplati"
        limits = SendingRules.Limits(
            row: try values.number(.maxRow, in: 1...Int.max).map { Tiyin(Int64($0)) },
            batch: try values.number(.maxBatch, in: 1...Int.max).map { Tiyin(Int64($0)) },
            day: try values.number(.maxDay, in: 1...Int.max).map { Tiyin(Int64($0)) })
        choices = try Self.choices(values)
        metricsFile = values.text(.metricsFile)
        requiresApproval = try values.flag(.requireApproval) ?? false
        approvalAbove = try values.number(.approvalAbove, in: 0...Int.max).map { Tiyin(Int64($0)) }
        twoApprovalsAbove = try values.number(.twoApprovalsAbove, in: 0...Int.max).map { Tiyin(Int64($0)) }
        requiresSecondFactor = try values.flag(.requireSecondFactor) ?? false
        requiresSecondVerdict = try values.flag(.requireSecondVerdict) ?? false
        acceptedWarnings = try values.kinds(.accept)
        organisation = values.text(.organisation)
        retention = Retention(
            namesDays: try values.number(.retentionNames, in: 1...36_500),
            cardsDays: try values.number(.retentionCards, in: 1...36_500))
        if caller.borrowsAccount { try enterOutputFolder() }
    }

    /// Returns the bank's address and the login.
    ///
    /// - Throws: ``SettingsError`` that names the missing setting.
    package func bank() throws -> BankSettings {
        guard let text = values.text(.bankURL) else {
            throw SettingsError.wrong(
                "no bank is set: set PAYOUT_BANK_URL, PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD (or …_PASSWORD_FILE), or "
                    + "practise with --sandbox")
        }
        let address: BankAddress
        do {
            address = try BankAddress(text)
        } catch {
            throw SettingsError.wrong(
                "\(values.name(.bankURL)) must look like https://bank.example:8443, in Latin letters, without a user name or "
                    + "password in it")
        }
        guard try !address.isExposed || values.flag(.bankAllowHTTP) ?? false else {
            throw SettingsError.wrong(
                "\(address.identity) is plain http: others on the network could read cards and the password. Use https, or "
                    + "set PAYOUT_BANK_ALLOW_HTTP=yes if nobody else is on that network")
        }
        guard let username = values.text(.bankUsername) else {
            throw SettingsError.wrong("PAYOUT_BANK_USERNAME is not set: it is the agent's login at the bank")
        }
        return BankSettings(address: address, username: username, password: try bankPassword())
    }

    private func bankPassword() throws -> Password {
        if let password = values.text(.bankPassword) { return Password(password) }
        guard let path = values.text(.bankPasswordFile) else {
            throw SettingsError.wrong("PAYOUT_BANK_PASSWORD is not set, nor is PAYOUT_BANK_PASSWORD_FILE")
        }
        do {
            return Password(try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines))
        } catch {
            throw SettingsError.wrong("the password file \(path) (\(values.name(.bankPasswordFile))) cannot be read")
        }
    }

    /// Reads the settings files that exist.
    private static func files(
        _ named: String?, caller: Caller, _ environment: [String: String]
    ) throws(SettingsError) -> [SettingsFile.Content] {
        if let named {
            guard let content = try SettingsFile(path: named).read() else {
                throw SettingsError.wrong("\(named) does not exist or cannot be read (--config)")
            }
            return [content]
        }
        let ofPerson = [SettingsFile.here, configurationFolder(environment) + "/payout.yaml"]
        var files: [SettingsFile.Content] = []
        for path in (caller.borrowsAccount ? [] : ofPerson) + [SettingsFile.ofService] {
            if let content = try SettingsFile(path: path).read() { files.append(content) }
        }
        return files
    }

    private static func configurationFolder(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config") + "/payout"
    }
}
