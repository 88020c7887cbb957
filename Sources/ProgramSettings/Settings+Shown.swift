import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// Shows the settings to a person.
extension Settings {
    /// A setting with its value and the source of the value.
    package struct Shown: Encodable, Sendable {
        package let key: String
        /// `nil` if the setting is missing and has no default.
        package let value: String?
        package let source: String
        package var line: String { value.map { "\($0) (\(source))" } ?? "not set" }
    }

    /// All settings. Secrets are hidden.
    package var shown: [Shown] {
        Setting.allCases.map { setting in
            Shown(key: setting.rawValue, value: text(of: setting), source: "\(values.source(of: setting))")
        }
    }

    /// The value that is in force.
    private func text(of setting: Setting) -> String? {
        func limit(_ amount: Tiyin?) -> String { amount.map { "\($0) so‘m" } ?? "no limit" }
        return switch setting {
        case .bankPassword: values.text(setting).map { _ in "(hidden)" }
        case .senderName: senderName
        case .ledger: ledgerPath
        case .keyFile: keyFilePath
        case .output: outputFolder
        case .lang: language.rawValue
        case .log: values.text(setting) ?? "text"
        case .metricsFile: metricsFile
        case .concurrency: "\(concurrency)"
        case .requestTimeout: "\(requestTimeout.components.seconds) s"
        case .quietPeriod: "\(quietPeriod.components.seconds) s"
        case .whenNotFound: whenNotFound.rawValue
        case .maxRow: limit(limits.row)
        case .maxBatch: limit(limits.batch)
        case .maxDay: limit(limits.day)
        case .requireApproval: "\(requiresApproval)"
        case .approvalAbove: approvalAbove.map { "\($0) so‘m" }
        case .twoApprovalsAbove: twoApprovalsAbove.map { "\($0) so‘m" }
        case .requireSecondFactor: "\(requiresSecondFactor)"
        case .requireSecondVerdict: "\(requiresSecondVerdict)"
        case .retentionNames: retention.namesDays.map { "\($0) days" }
        case .retentionCards: retention.cardsDays.map { "\($0) days" }
        case .deskHost: deskHost
        case .deskPort: values.text(setting) ?? "\(Self.defaultDeskPort)"
        case .deskUsers: deskUsersPath
        case .bankURL, .bankUsername, .bankPasswordFile, .bankAllowHTTP, .organisation, .accept, .unit, .account, .mfo,
            .accountHeading, .mfoHeading, .panHeading, .expHeading, .amountHeading, .amountUZSHeading, .nameHeading,
            .idHeading, .deskName, .deskTLSCertificate, .deskTLSKey, .deskMonitoringTokenFile:
            values.text(setting)
        }
    }

    /// The files that only their owner may be able to read.
    package var secretFiles: [(name: String, path: String)] {
        var files = [("ledger file", ledgerPath), ("key file", keyFilePath)]
        if let path = values.text(.bankPasswordFile) { files.append(("password file", path)) }
        if case .file(let path, _) = values.source(of: .bankPassword) { files.append((path, path)) }
        return files
    }
}
