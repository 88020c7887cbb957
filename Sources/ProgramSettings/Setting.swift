/// The settings, by their names in `payout.yaml`.
package enum Setting: String, CaseIterable, Sendable {
    case bankURL = "bank.url"
    case bankUsername = "bank.username"
    case bankPassword = "bank.password"
    case bankPasswordFile = "bank.passwordFile"
    case bankAllowHTTP = "bank.allowHttp"
    case senderName
    case organisation
    case ledger
    case keyFile
    case output
    case lang
    case log
    case metricsFile
    case concurrency
    case requestTimeout
    case quietPeriod = "reconcile.quietPeriod"
    case whenNotFound = "reconcile.whenNotFound"
    case maxRow
    case maxBatch
    case maxDay
    case requireApproval
    case approvalAbove
    case twoApprovalsAbove
    case requireSecondFactor
    case requireSecondVerdict
    case accept
    case retentionNames = "retention.names"
    case retentionCards = "retention.cards"
    case unit
    case account
    case mfo
    case accountHeading = "columns.account"
    case mfoHeading = "columns.mfo"
    case panHeading = "columns.pan"
    case expHeading = "columns.exp"
    case amountHeading = "columns.amount"
    case amountUZSHeading = "columns.amountUzs"
    case nameHeading = "columns.name"
    case idHeading = "columns.id"
    case deskHost = "desk.host"
    case deskPort = "desk.port"
    case deskName = "desk.name"
    case deskUsers = "desk.users"
    case deskTLSCertificate = "desk.tlsCertificate"
    case deskTLSKey = "desk.tlsKey"
    case deskMonitoringTokenFile = "desk.monitoringTokenFile"

    /// The environment variable, such as `PAYOUT_BANK_PASSWORD_FILE`.
    package var variable: String { "PAYOUT_" + words.joined(separator: "_").uppercased() }

    /// The command's option, such as `--tls-key`, for the settings that have one.
    var option: String { "--" + Self.words(in: rawValue.split(separator: ".").last ?? "").joined(separator: "-") }

    private var words: [String] { rawValue.split(separator: ".").flatMap(Self.words) }

    /// Splits `passwordFile` into `password` and `file`.
    private static func words(in name: Substring) -> [String] {
        name.reduce(into: [""]) { words, character in
            if character.isUppercase { words.append("") }
            words[words.count - 1] += character.lowercased()
        }
    }

    /// Says what to do about an unknown name.
    ///
    /// - Parameter spelling: how the place of the name spells a setting.
    static func advice(
        on name: String, spelledAs spelling: KeyPath<Setting, String>, orElse otherwise: String
    ) -> String {
        nearest(to: name).map { "did you mean \($0[keyPath: spelling])?" } ?? "correct its name, or \(otherwise)."
    }

    /// Finds the setting that somebody meant by a key that names none.
    static func nearest(to key: String) -> Setting? {
        func letters(_ text: String) -> [Character] { text.lowercased().filter { $0.isLetter } }
        let typed = letters(key.hasPrefix("PAYOUT_") ? String(key.dropFirst(7)) : key)
        let near = allCases.map { (setting: $0, distance: distance(typed, letters($0.rawValue))) }
            .min { $0.distance < $1.distance }
        return near.flatMap { $0.distance <= max(1, typed.count / 3) ? $0.setting : nil }
    }

    /// Counts the letters to add, remove or replace (Levenshtein's distance).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (i, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, counterpart) in other.enumerated() {
                let replaced = diagonal + (letter == counterpart ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[other.count]
    }
}
