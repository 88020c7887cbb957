import PaymentValues
import PayoutFiles

/// Reads the answers to what payout files of this installation leave open.
extension Settings {
    /// The columns by their names in `payout.yaml`.
    static let columns: [(setting: Setting, column: Column)] = [
        (.accountHeading, .account), (.mfoHeading, .mfo), (.panHeading, .pan), (.expHeading, .exp),
        (.amountHeading, .amount), (.amountUZSHeading, .amountUZS), (.nameHeading, .name), (.idHeading, .id),
    ]

    /// - Throws: ``SettingsError`` that names the invalid setting.
    static func choices(_ values: SettingValues) throws -> FileChoices {
        var choices = FileChoices()
        choices.unit = try values.choice(.unit)
        choices.account = try values.value(.account, "20 digits") { try SettlementAccount($0) }
        choices.bankCode = try values.value(.mfo, "5 digits") { try BankCode($0) }
        for (setting, column) in columns {
            for heading in values.text(setting)?.split(separator: ";") ?? [] {
                choices.add(String(heading), as: column)
            }
        }
        return choices
    }
}
