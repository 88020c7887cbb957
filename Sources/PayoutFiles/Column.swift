/// A column of a payout file. Raw values are the names in the header.
package enum Column: String, Hashable, Sendable, CaseIterable {
    case account
    case mfo
    case pan
    case exp
    /// The amount in tiyin.
    case amount
    /// The amount in so'm, with at most two decimals.
    case amountUZS = "amount_uzs"
    /// The recipient's name, for the report.
    case name
    /// The accountant's own id of the row, for the report.
    case id

    /// Finds the column of a heading.
    /// - Parameter header: a field of the header row, in any case, in English, Russian or Uzbek.
    init?(header: String) {
        guard let column = Self.names[Self.key(of: header)] else { return nil }
        self = column
    }

    /// Returns whether a heading stands for the row numbers of Excel. A table of corrections has such a column.
    static func namesRow(_ header: String) -> Bool {
        rowNames.contains(key(of: header))
    }

    private static let rowNames: Set<String> = ["row", "строка", "номерстроки", "qator", "qatorraqami", "қатор"]

    /// Returns whether a heading names an amount without its unit. The amount is then read as tiyin.
    static func leavesUnitOpen(_ header: String) -> Bool {
        unitless.contains(key(of: header))
    }

    /// The columns that every file must have, besides one of the two amounts.
    static let required: [Column] = [.account, .mfo, .pan, .exp]

    /// Returns only the letters and digits of a heading. So `Срок действия` and `срок_действия` are equal, and so are
    /// all spellings of `so‘m`.
    private static func key(of header: String) -> String {
        String(
            header.lowercased().replacing("ё", with: "е").unicodeScalars
                .filter { $0.properties.isAlphabetic && !$0.properties.isDiacritic || ("0"..."9").contains($0) }
                .map(Character.init))
    }

    private static let unitless: Set<String> = ["сумма", "суммавыплаты", "summa", "tolovsummasi"]

    private static let names: [String: Column] = {
        let names: [Column: [String]] = [
            .account: [
                "account", "счет", "счет списания", "счет отправителя", "номер счета", "расчетный счет", "р/с",
                "hisobraqam",
                "hisob raqami", "hisob raqam", "ҳисобрақам", "ҳисоб рақами",
                "account to debit", "sender's account", "to'lovchi hisobraqami", "yuboruvchi hisobi",
            ],
            .mfo: ["mfo", "мфо", "мфо банка", "bank mfo", "bank mfosi"],
            .pan: [
                "pan", "card", "card number", "карта", "номер карты", "karta", "karta raqami", "karta raqam",
                "карта рақами",
            ],
            .exp: [
                "exp", "expiry", "срок", "срок действия", "срок карты", "срок действия карты", "muddat", "muddati",
                "amal qilish muddati", "karta muddati", "муддат", "муддати",
                "expiry mmyy", "срок ммгг", "срок действия ммгг", "muddat ooyy", "amal qilish muddati ooyy",
            ],
            .amount: [
                "amount", "amount tiyin", "сумма", "сумма выплаты", "сумма тийин", "сумма в тийинах", "summa",
                "to'lov summasi", "summa tiyin", "summa tiyinda",
            ],
            .amountUZS: [
                "amount uzs", "amount som", "сумма uzs", "сумма сум", "сумма в сумах", "сумма сўм", "summa uzs",
                "summa so'm", "summa so'mda", "summa som", "summa somda",
            ],
            .name: ["name", "имя", "фио", "получатель", "фио получателя", "ism", "fio", "f.i.sh.", "fish", "oluvchi"],
            .id: [
                "id", "key", "ключ", "kalit", "row id", "код строки", "код строки id", "ichki raqam", "ichki raqam id",
            ],
        ]
        return Dictionary(
            uniqueKeysWithValues: names.flatMap { column, names in Set(names.map(key)).map { ($0, column) } })
    }()
}
