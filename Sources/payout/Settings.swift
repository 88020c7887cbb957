import Bookkeeping
import Configuration
import Foundation
import MerchantAPI
import PaymentValues
import Payouts
import Processing
import SystemPackage

/// What the program was told to do with, each value from a flag, else the environment (`PAYOUT_…`), else `payout.yaml`.
struct Settings: Sendable {
    let ledgerPath: String
    /// The one that `--sandbox` works on where no other is named.
    let sandboxLedgerPath: String
    /// Whether nobody named a ledger.
    let isDefaultLedger: Bool
    /// Whether the built-in bank is paid through, which moves no money.
    let isSandboxed: Bool
    let keyFilePath: String
    let outputFolder: String
    let language: Language
    let concurrency: Int
    let requestTimeout: Duration
    let quietPeriod: Duration
    let whenNotFound: ReconciliationPolicy.WhenNotFound
    let senderName: String
    let limits: Limits
    let requiresApproval: Bool
    /// Where what can be seen of a run from outside is written.
    let metricsFile: String?
    let values: SettingValues
    /// What the person says of the ledger.
    var opening = LedgerOpening()

    /// The most that a row, a batch, and all batches in one day may pay; `nil` for no limit.
    struct Limits: Sendable {
        let row: Tiyin?
        let batch: Tiyin?
        let day: Tiyin?
    }

    /// - Parameters:
    ///   - flags: what was said on the command line, by the settings' names.
    ///   - isSandboxed: whether it was `--sandbox`. No setting says so: a forgotten one would pay nobody.
    /// - Throws: ``Failure`` that names the setting which cannot be used.
    init(
        flags: [ConfigKey: String], isSandboxed: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws {
        let file: FileProvider<YAMLSnapshot>
        do {
            file = try await FileProvider<YAMLSnapshot>(filePath: "payout.yaml", allowMissing: true)
        } catch {
            // The error is not shown: it quotes the line, and the line may hold the password.
            throw Failure(
                .configuration,
                "payout.yaml cannot be read or is not valid YAML: put values with special characters in quotes, and look at the indentation"
            )
        }
        let spoken = flags.map { (AbsoluteConfigKey($0.key), ConfigValue(.string($0.value), isSecret: false)) }
        values = SettingValues(
            flags: Set(flags.keys.map(\.description)), environment: environment,
            reader: ConfigReader(providers: [
                InMemoryProvider(values: Dictionary(uniqueKeysWithValues: spoken)),
                EnvironmentVariablesProvider(
                    environmentVariables: environment, secretsSpecifier: .specific(["PAYOUT_BANK_PASSWORD"])
                ).prefixKeys(with: "payout"),
                file,
            ]))
        self.isSandboxed = isSandboxed
        let named = values.text("ledger")
        let ledger = Self.resolved(named ?? Self.defaultLedger(environment))
        isDefaultLedger = named == nil
        sandboxLedgerPath = Self.resolved(Self.sandboxLedger(beside: ledger))
        ledgerPath = isSandboxed && !values.flags.contains("ledger") ? sandboxLedgerPath : ledger
        keyFilePath = values.text("keyFile") ?? Self.defaultKeyFile(environment)
        outputFolder = values.text("output") ?? "output"
        language = try values.choice("lang") ?? .en
        concurrency = try values.number("concurrency", in: 1...1024) ?? 16
        requestTimeout = .seconds(try values.number("requestTimeout", in: 1...3600) ?? 60)
        quietPeriod = .seconds(try values.number("reconcile.quietPeriod", in: 0...604_800) ?? 600)
        whenNotFound = try values.choice("reconcile.whenNotFound") ?? .review
        senderName = values.text("senderName") ?? "viplati"
        limits = Limits(
            row: try values.number("maxRow", in: 1...Int.max).map { Tiyin(Int64($0)) },
            batch: try values.number("maxBatch", in: 1...Int.max).map { Tiyin(Int64($0)) },
            day: try values.number("maxDay", in: 1...Int.max).map { Tiyin(Int64($0)) })
        metricsFile = values.text("metricsFile")
        requiresApproval = try values.flag("requireApproval") ?? false
    }

    /// Where the bank is and who we are there.
    ///
    /// - Throws: ``Failure`` that names what is missing.
    func bank() throws -> BankSettings {
        guard let text = values.text("bank.url") else {
            throw Failure(
                .configuration,
                "no bank is set: give PAYOUT_BANK_URL, PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD (or …_PASSWORD_FILE), or "
                    + "try with --sandbox")
        }
        guard let url = URL(string: text), Self.isBankAddress(text) else {
            throw Failure(
                .configuration,
                "PAYOUT_BANK_URL must look like https://bank.example:8443, in Latin letters, without a user name or password in it"
            )
        }
        guard let username = values.text("bank.username") else {
            throw Failure(.configuration, "PAYOUT_BANK_USERNAME is not set: it is the agent's login at the bank")
        }
        return BankSettings(url: url, username: username, password: try bankPassword())
    }

    private static func isBankAddress(_ text: String) -> Bool {
        do {
            _ = try BankAddress(text)
            return true
        } catch {
            return false
        }
    }

    private func bankPassword() throws -> Password {
        if let password = values.secret("bank.password") { return Password(password) }
        guard let path = values.text("bank.passwordFile") else {
            throw Failure(.configuration, "PAYOUT_BANK_PASSWORD is not set, nor is PAYOUT_BANK_PASSWORD_FILE")
        }
        do {
            return Password(try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines))
        } catch {
            throw Failure(.configuration, "the password file \(path) (PAYOUT_BANK_PASSWORD_FILE) cannot be read")
        }
    }

    private static func defaultKeyFile(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        return folder + "/payout/ledger.key"
    }
}
