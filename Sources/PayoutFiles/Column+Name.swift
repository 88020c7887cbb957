package import Payouts

extension Column {
    /// Returns the name of the column in the reader's language, for a file without a heading for it.
    package func name(in language: Language) -> String {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: rawValue
        }
    }

    private var russian: String {
        switch self {
        case .account: "счёт"
        case .mfo: "МФО"
        case .pan: "карта"
        case .exp: "срок действия"
        case .amount: "сумма"
        case .amountUZS: "сумма в сумах"
        case .name: "ФИО"
        case .id: "код строки"
        }
    }

    private var uzbek: String {
        switch self {
        case .account: "hisobraqam"
        case .mfo: "MFO"
        case .pan: "karta"
        case .exp: "amal qilish muddati"
        case .amount: "summa"
        case .amountUZS: "summa so‘mda"
        case .name: "F.I.Sh."
        case .id: "ichki raqam"
        }
    }
}
