import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// Shows the settings to a person.
extension Settings {
    /// The values that are set, each with its source. Secrets are hidden.
    package var shown: [(key: String, text: String)] {
        func limit(_ amount: Tiyin?) -> String { amount.map { "\($0) so‘m" } ?? "no limit" }
        let all: [(String, String?)] = [
            ("bank.url", values.text("bank.url")), ("bank.username", values.text("bank.username")),
            ("bank.password", values.secret("bank.password").map { _ in "(hidden)" }),
            ("bank.passwordFile", values.text("bank.passwordFile")), ("bank.allowHttp", values.text("bank.allowHttp")),
            ("senderName", senderName),
            ("ledger", ledgerPath), ("keyFile", keyFilePath), ("output", outputFolder), ("lang", language.rawValue),
            ("concurrency", "\(concurrency)"), ("requestTimeout", "\(requestTimeout.components.seconds) s"),
            ("reconcile.quietPeriod", "\(quietPeriod.components.seconds) s"),
            ("reconcile.whenNotFound", whenNotFound.rawValue), ("maxRow", limit(limits.row)),
            ("maxBatch", limit(limits.batch)), ("maxDay", limit(limits.day)),
            ("unit", choices.unit?.rawValue), ("account", choices.account?.digits), ("mfo", choices.bankCode?.digits),
            ("requireApproval", "\(requiresApproval)"), ("approvalAbove", approvalAbove.map { "\($0) so‘m" }),
            ("twoApprovalsAbove", twoApprovalsAbove.map { "\($0) so‘m" }),
            ("requireSecondFactor", "\(requiresSecondFactor)"),
            ("requireSecondVerdict", "\(requiresSecondVerdict)"), ("accept", values.text("accept")),
            ("metricsFile", metricsFile),
        ]
        return all.compactMap { key, value in value.map { (key, "\($0) (\(values.source(of: key)))") } }
    }

    /// The files that only their owner may be able to read.
    package var secretFiles: [(name: String, path: String)] {
        var files = [("ledger file", ledgerPath), ("key file", keyFilePath)]
        if let path = values.text("bank.passwordFile") { files.append(("password file", path)) }
        let source = values.source(of: "bank.password")
        if values.files.contains(where: { $0.name == source }) { files.append((source, source)) }
        return files
    }
}
