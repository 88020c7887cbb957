import AnorBank
package import Bookkeeping
package import Configuration
import Foundation
import MerchantAPI
import Operations
import PaymentValues
package import PayoutFiles
package import Payouts
import Processing

/// The settings. Each value comes from the first source that has it: an option, the environment (`PAYOUT_…`),
/// `payout.yaml` in this folder, `/etc/payout/payout.yaml`, or the default. Under sudo the environment and this folder
/// do not count.
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
    /// What payout files do not say themselves.
    package let choices: FileChoices
    /// The file for Prometheus metrics.
    package let metricsFile: String?
    package let caller: Caller
    package let values: SettingValues
    /// The person's statements about the ledger.
    package var opening = LedgerOpening()

    /// Reads the settings.
    /// - Parameters:
    ///   - flags: the settings given on the command line.
    ///   - isSandboxed: whether `--sandbox` was given. It is not a setting: if somebody forgot it there, nobody would
    ///     be paid.
    /// - Throws: ``SettingsError`` that names the invalid setting.
    package init(
        flags: [ConfigKey: String], isSandboxed: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws {
        caller = try Caller(environment)
        // Under sudo the environment is the caller's, but the rights are the service's.
        // An empty variable is no setting, and hides none of a file.
        let environment = caller.borrowsAccount ? ["HOME": Caller.home] : environment.filter { !$0.value.isEmpty }
        try SettingNames.check(environment)
        if caller.borrowsAccount { try Self.refusePaths(in: flags) }
        let here = caller.borrowsAccount ? nil : try await SettingsFile(path: SettingsFile.here).read()
        let ofService = try await SettingsFile(path: SettingsFile.ofService).read()
        let given = flags.map { (AbsoluteConfigKey($0.key), ConfigValue(.string($0.value), isSecret: false)) }
        let providers: [(any ConfigProvider)?] = [
            InMemoryProvider(values: Dictionary(uniqueKeysWithValues: given)),
            EnvironmentVariablesProvider(
                environmentVariables: environment, secretsSpecifier: .specific(["PAYOUT_BANK_PASSWORD"])
            ).prefixKeys(with: "payout"),
            here, ofService,
        ]
        let files = [(SettingsFile.here, here), (SettingsFile.ofService, ofService)]
        values = SettingValues(
            flags: Set(flags.keys.map(\.description)), environment: environment,
            files: files.compactMap { name, file in file.map { (name: name, reader: ConfigReader(provider: $0)) } },
            reader: ConfigReader(providers: providers.compactMap(\.self)))
        self.isSandboxed = isSandboxed
        let named = values.text("ledger")
        let ledger = Self.resolved(named ?? Self.defaultLedger(environment))
        isDefaultLedger = named == nil
        sandboxLedgerPath = Self.resolved(Self.sandboxLedger(beside: ledger))
        ledgerPath = isSandboxed && !values.flags.contains("ledger") ? sandboxLedgerPath : ledger
        keyFilePath = values.text("keyFile") ?? Self.defaultKeyFile(environment)
        outputFolder = values.text("output") ?? (caller.borrowsAccount ? Self.reports(beside: ledger) : "output")
        language = try values.choice("lang") ?? Language(localeOf: ProcessInfo.processInfo.environment)
        concurrency = try values.number("concurrency", in: 1...1024) ?? 16
        requestTimeout = .seconds(try values.number("requestTimeout", in: 1...3600) ?? 60)
        quietPeriod = .seconds(try values.number("reconcile.quietPeriod", in: 0...604_800) ?? 600)
        whenNotFound = try values.choice("reconcile.whenNotFound") ?? .review
        senderName = values.text("senderName") ?? "viplati"
        limits = SendingRules.Limits(
            row: try values.number("maxRow", in: 1...Int.max).map { Tiyin(Int64($0)) },
            batch: try values.number("maxBatch", in: 1...Int.max).map { Tiyin(Int64($0)) },
            day: try values.number("maxDay", in: 1...Int.max).map { Tiyin(Int64($0)) })
        choices = try Self.choices(values)
        metricsFile = values.text("metricsFile")
        requiresApproval = try values.flag("requireApproval") ?? false
        approvalAbove = try values.number("approvalAbove", in: 0...Int.max).map { Tiyin(Int64($0)) }
        twoApprovalsAbove = try values.number("twoApprovalsAbove", in: 0...Int.max).map { Tiyin(Int64($0)) }
        requiresSecondFactor = try values.flag("requireSecondFactor") ?? false
        requiresSecondVerdict = try values.flag("requireSecondVerdict") ?? false
        acceptedWarnings = try values.kinds("accept")
        if caller.borrowsAccount { try enterOutputFolder() }
    }

    /// Returns the bank's address and the login.
    ///
    /// - Throws: ``SettingsError`` that names the missing setting.
    package func bank() throws -> BankSettings {
        guard let text = values.text("bank.url") else {
            throw SettingsError.wrong(
                "no bank is set: set PAYOUT_BANK_URL, PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD (or …_PASSWORD_FILE), or "
                    + "practise with --sandbox")
        }
        let address: BankAddress
        do {
            address = try BankAddress(text)
        } catch {
            throw SettingsError.wrong(
                "PAYOUT_BANK_URL must look like https://bank.example:8443, in Latin letters, without a user name or password in it"
            )
        }
        guard try !address.isExposed || values.flag("bank.allowHttp") ?? false else {
            throw SettingsError.wrong(
                "\(address.identity) is plain http: others on the network could read cards and the password. Use https, or "
                    + "set PAYOUT_BANK_ALLOW_HTTP=yes if nobody else is on that network")
        }
        guard let username = values.text("bank.username") else {
            throw SettingsError.wrong("PAYOUT_BANK_USERNAME is not set: it is the agent's login at the bank")
        }
        return BankSettings(address: address, username: username, password: try bankPassword())
    }

    private func bankPassword() throws -> Password {
        if let password = values.secret("bank.password") { return Password(password) }
        guard let path = values.text("bank.passwordFile") else {
            throw SettingsError.wrong("PAYOUT_BANK_PASSWORD is not set, nor is PAYOUT_BANK_PASSWORD_FILE")
        }
        do {
            return Password(try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines))
        } catch {
            throw SettingsError.wrong("the password file \(path) (PAYOUT_BANK_PASSWORD_FILE) cannot be read")
        }
    }

    private static func defaultKeyFile(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        return folder + "/payout/ledger.key"
    }
}
