/// The columns of a statement in a table.
package enum StatementColumn: String, Hashable, Sendable, CaseIterable, Codable {
    case day, document, debit, credit, amount, direction, purpose
    case counterAccount = "account"
    case counterName = "name"

    /// Finds a column by the letters of its name. Of two columns of one kind the one with the lower rank counts.
    static func named(_ letters: String) -> (column: StatementColumn, rank: Int)? { names[letters] }

    /// Tells whether a direction says debit; `nil` where it says neither.
    static func isDebit(_ letters: String) -> Bool? {
        if ["дт", "д", "дебет", "списание", "расход", "debet", "debit", "chiqim", "dbit", "d", "dt"].contains(letters) {
            return true
        }
        if ["кт", "к", "кредит", "поступление", "приход", "kredit", "credit", "kirim", "crdt", "c", "k", "kt"].contains(
            letters)
        {
            return false
        }
        return nil
    }

    private static let names: [String: (StatementColumn, Int)] = {
        let names: [(StatementColumn, [String])] = [
            (
                .day,
                [
                    "дата операции", "дата проводки", "дата проведения", "дата списания", "дата", "operatsiya sanasi",
                    "sana",
                    "booking date", "date", "дата документа", "дата док", "hujjat sanasi",
                ]
            ),
            (
                .document,
                [
                    "номер документа", "№ документа", "№ док", "№ док-та", "номер док", "n док", "документ", "номер",
                    "№",
                    "hujjat raqami", "hujjat №", "raqami", "document number", "document", "doc no", "number",
                ]
            ),
            (
                .debit,
                [
                    "дебет", "сумма по дебету", "оборот по дебету", "обороты по дебету", "дебет сум", "списание",
                    "списано", "расход", "дт", "оборот дт", "обороты дт", "сумма дебет", "debet", "debet bo'yicha",
                    "debet aylanmasi", "chiqim", "chiqim summasi", "debit", "debit amount", "withdrawal",
                ]
            ),
            (
                .credit,
                [
                    "кредит", "сумма по кредиту", "оборот по кредиту", "обороты по кредиту", "кредит сум",
                    "поступление", "поступило", "приход", "кт", "оборот кт", "обороты кт", "сумма кредит", "kredit",
                    "kredit bo'yicha", "kredit aylanmasi", "kirim", "kirim summasi", "credit", "credit amount",
                    "deposit",
                ]
            ),
            (.amount, ["сумма", "сумма операции", "сумма сум", "summa", "amount"]),
            (
                .direction,
                ["дт/кт", "д/к", "дебет/кредит", "вид", "вид операции", "тип", "turi", "direction", "type", "dr/cr"]
            ),
            (
                .counterAccount,
                [
                    "счет корреспондента", "счет контрагента", "корр счет", "счет корр", "корсчет", "счет получателя",
                    "лицевой счет",
                    "счет",
                    "korrespondent hisobraqami", "kontragent hisobraqami", "hisobraqam", "counterparty account",
                    "account",
                ]
            ),
            (
                .counterName,
                [
                    "наименование корреспондента", "наименование контрагента", "наименование корр",
                    "наименование клиента",
                    "наименование", "корреспондент", "контрагент", "получатель", "korrespondent", "kontragent",
                    "kontragent nomi", "oluvchi", "counterparty",
                    "counterparty name", "name",
                ]
            ),
            (
                .purpose,
                [
                    "назначение платежа", "назначение", "содержание операции", "детали платежа", "to'lov maqsadi",
                    "to'lov tafsilotlari", "to'lov izohi", "maqsad", "purpose", "details", "description",
                ]
            ),
        ]
        var found: [String: (StatementColumn, Int)] = [:]
        for (column, names) in names {
            for (rank, name) in names.enumerated() {
                let letters = LabelText(Array(name.utf8)).letters
                if found[letters] == nil { found[letters] = (column, rank) }
            }
        }
        return found
    }()
}

/// The meaning of a row outside the table's lines.
enum StatementLabel {
    case opening, closing, turnovers

    init?(_ letters: String) {
        guard !letters.isEmpty, let found = Self.labels.first(where: { letters.hasPrefix($0.0) }) else { return nil }
        self = found.1
    }

    private static let labels: [(String, StatementLabel)] = {
        let labels: [(StatementLabel, [String])] = [
            (
                .opening,
                [
                    "входящий остаток", "остаток на начало", "сальдо на начало", "входящее сальдо", "начальный остаток",
                    "kirish qoldig'i", "davr boshidagi qoldiq", "davr boshiga qoldiq", "boshlang'ich qoldiq",
                    "opening balance",
                ]
            ),
            (
                .closing,
                [
                    "исходящий остаток", "остаток на конец", "сальдо на конец", "исходящее сальдо", "конечный остаток",
                    "chiqish qoldig'i", "davr oxiridagi qoldiq", "davr oxiriga qoldiq", "yakuniy qoldiq",
                    "closing balance",
                ]
            ),
            (.turnovers, ["итого", "обороты", "всего", "jami", "aylanma", "total", "turnover"]),
        ]
        return labels.flatMap { label, names in names.map { (LabelText(Array($0.utf8)).letters, label) } }
    }()
}

/// The text of a field, for a comparison with names.
struct LabelText {
    private let text: String

    /// The text for a finding.
    var shown: String { String(text.prefix(40)) }

    init(_ bytes: some Collection<UInt8>) {
        text = String(decoding: bytes.prefix(400), as: UTF8.self)
    }

    /// Keeps letters, digits and `№` alone, all small.
    var letters: String {
        var letters = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            // Some programs write each of these two as a letter and a mark, and marks are left out here.
            if scalar == "ё" || scalar == "й" {
                letters.append(scalar == "ё" ? "е" : "и")
            } else if scalar == "№" || ("0"..."9").contains(scalar)
                || scalar.properties.isAlphabetic && !scalar.properties.isDiacritic
            {
                letters.append(scalar)
            }
        }
        return String(letters)
    }

    var namesAccount: Bool {
        let letters = letters
        return ["счет", "р/с", "рс", "hisob", "account"].contains { letters.contains($0) }
    }

    /// Returns the first twenty digits in a row, perhaps grouped by single spaces.
    var account: [UInt8]? {
        var digits: [UInt8] = []
        for byte in Array(text.utf8) + [0] {
            if byte.isDecimalDigit {
                digits.append(byte)
            } else if byte != UInt8(ascii: " ") || digits.isEmpty {
                if digits.count == 20 { return digits }
                digits = []
            }
        }
        return nil
    }

    var days: [CalendarDay] {
        text.split { !$0.isNumber && $0 != "." && $0 != "-" && $0 != "/" }
            .compactMap { CalendarDay(Array($0.utf8).trimmingMarks) }
    }
}

extension [UInt8] {
    fileprivate var trimmingMarks: [UInt8] {
        var slice = self[...]
        while let first = slice.first, !first.isDecimalDigit { slice = slice.dropFirst() }
        while let last = slice.last, !last.isDecimalDigit { slice = slice.dropLast() }
        return Array(slice)
    }
}
