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
        if let column = Self.names[LetterFold.key(of: header)] {
            self = column
            return
        }
        // A remark such as “(16 цифр)” changes nothing, but for an amount: there it may be another currency.
        guard header.hasSuffix(")"), let bracket = header.lastIndex(of: "("),
            let column = Self.names[LetterFold.key(of: String(header[..<bracket]))], column != .amount,
            column != .amountUZS
        else { return nil }
        self = column
    }

    /// Returns whether a heading names the column of Excel's row numbers, which a table of corrections has.
    static func namesRow(_ header: String) -> Bool {
        rowNames.contains(LetterFold.key(of: header))
    }

    private static let rowNames = Set(
        ["row", "строка", "номерстроки", "qator", "qatorraqami", "қатор"].map(LetterFold.key))

    /// Returns whether a heading names an amount without its unit. The amount is then read as tiyin.
    static func leavesUnitOpen(_ header: String) -> Bool {
        !header.isEmpty && unitless.contains(LetterFold.key(of: header))
    }

    /// The columns that every file must have, besides one of the two amounts.
    static let required: [Column] = [.account, .mfo, .pan, .exp]

    /// Returns a name as a program saves it that does not know these letters: `?исоб ра?ами`.
    private static func withoutUzbekLetters(_ name: String) -> String {
        name.filter { !"қғҳў".contains($0) }
    }

    private static let unitless = Set(sums.map(LetterFold.key))

    private static let names: [String: Column] = Dictionary(
        uniqueKeysWithValues: headings.flatMap { column, names in
            Set(names.flatMap { [$0, withoutUzbekLetters($0)] }.map(LetterFold.key)).map { ($0, column) }
        })

    /// The headings that people write over each column.
    static let headings: [Column: [String]] = [
        .account: [
            "account", "account number", "account to debit", "debit account", "sender's account", "payer's account",
            "счет", "№ счета", "номер счета", "расчетный счет", "р/с", "расч. счет", "счет списания",
            "счет отправителя",
            "счет плательщика", "счет организации", "счет компании",
            "hisobraqam", "hisob raqam", "hisob raqami", "h/r", "to'lovchi hisobraqami", "to'lovchi hisob raqami",
            "yuboruvchi hisobi", "tashkilot hisobraqami", "ҳисобрақам", "ҳисоб рақам", "ҳисоб рақами", "х/р",
            "тўловчи ҳисобрақами",
        ],
        .mfo: [
            "mfo", "mfo code", "bank mfo", "bank code", "мфо", "мфо банка", "код мфо", "код банка", "bank mfosi",
            "mfo kodi",
            "bank kodi", "банк мфоси", "банк коди",
        ],
        .pan: [
            "pan", "card", "card number", "card no", "recipient's card", "карта", "№ карты", "номер карты",
            "номера карт",
            "карта №", "карта получателя", "номер карты получателя", "номер карточки", "карточка", "пластик",
            "пластиковая карта",
            "№ пластиковой карты", "номер пластика", "номер пластиковой карты", "банковская карта",
            "номер банковской карты",
            "karta", "karta raqam", "karta raqami", "karta nomeri", "bank kartasi", "bank kartasi raqami",
            "oluvchi kartasi",
            "plastik", "plastik raqami", "plastik karta", "plastik karta raqami", "карта рақам", "карта рақами",
            "карта номери", "пластик рақами", "пластик карта рақами", "олувчи картаси",
        ],
        .exp: [
            "exp", "exp date", "expiry", "expiry date", "expiry mmyy", "expires", "expiration", "expiration date",
            "valid thru",
            "valid until", "valid to", "mm/yy", "срок", "срок ммгг", "срок действия", "срок действия ммгг",
            "срок карты",
            "срок действия карты", "срок действия до", "действует до", "действительна до", "годен до", "годна до",
            "карта годна до", "срок годности", "срок годности карты", "дата окончания", "дата окончания срока действия",
            "окончание срока действия", "мм/гг", "muddat", "muddati", "muddat ooyy", "karta muddati",
            "amal qilish muddati",
            "amal qilish muddati ooyy", "karta amal qilish muddati", "kartaning amal qilish muddati",
            "yaroqlilik muddati",
            "муддат", "муддати", "карта муддати", "амал қилиш муддати", "яроқлилик муддати",
        ],
        .amount: sums + ["amount", "amount tiyin"]
            + sums.flatMap { sum in
                ["тийин", "тийинах", "в тийинах", "тийинда", "tiyin", "tiyinda"].map { "\(sum) \($0)" }
            },
        .amountUZS: ["amount uzs", "amount som", "amount in som"]
            + sums.flatMap { sum in
                ["uzs", "сум", "в сум", "сумах", "в сумах", "сўм", "сўмда", "so'm", "so'mda"].map { "\(sum) \($0)" }
            },
        .name: [
            "name", "full name", "recipient", "employee", "cardholder", "имя", "фио", "получатель", "фио получателя",
            "фио сотрудника", "фио работника", "сотрудник", "работник", "фамилия имя отчество", "владелец карты",
            "держатель карты", "ism", "fio", "f.i.sh.", "oluvchi", "xodim", "xodimning f.i.sh.", "oluvchi f.i.sh.",
            "karta egasi", "ism familiya", "исм", "ф.и.ш.", "ходим", "олувчи", "исм фамилия",
        ],
        .id: [
            "id", "key", "row id", "ключ", "код строки", "код строки id", "kalit", "ichki raqam", "ichki raqam id",
        ],
    ]

    /// Headings of amounts that do not say their unit.
    static let sums = [
        "сумма", "итоговая сумма", "сумма итого", "сумма выплаты", "сумма к выплате", "сумма к выдаче",
        "сумма к зачислению",
        "сумма зачисления", "сумма к перечислению", "сумма перечисления", "сумма платежа", "сумма перевода",
        "сумма зарплаты", "сумма на руки", "к выплате", "к выдаче", "к зачислению", "к перечислению", "на руки",
        "итого к выплате", "итого к выдаче", "всего к выплате", "всего к выдаче", "зарплата", "заработная плата", "з/п",
        "summa", "jami summa", "to'lov summasi", "to'lanadigan summa", "to'lash summasi", "to'lovga", "qo'lga",
        "qo'lga tegadigan summa", "oylik", "oylik maosh", "maosh", "ish haqi", "ish haqi summasi", "жами сумма",
        "тўлов суммаси",
        "тўланадиган сумма", "ойлик", "ойлик маош", "иш ҳақи", "иш ҳақи суммаси", "sum", "payout amount",
        "payment amount",
        "net pay", "salary",
    ]
}
