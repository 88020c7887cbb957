import Foundation

/// A row that is said about the table and pays nobody: a signature, a date, a note.
enum NoteRow {
    private static let digitsOfALongNumber = 13
    /// More fields than these are a row with something missing.
    private static let fieldLimit = 4

    /// - Parameter isBelowTotal: whether a total came before the row, and no payout after it. Elsewhere only the usual
    /// words of a signature make a note.
    static func isNote(_ fields: [String], isBelowTotal: Bool, under header: Header) -> Bool {
        let filled = fields.indices.filter { !fields[$0].isEmpty }
        guard filled.count <= fieldLimit || fields.count > header.fieldCount, let first = filled.first,
            isBelowTotal || isSignature(fields[first])
        else { return false }
        return !filled.contains { place in
            saysPayment(fields[place], in: header.columns.indices.contains(place) ? header.columns[place] : nil)
        }
    }

    /// Whether a field says whom or what to pay, perhaps with a mistake.
    private static func saysPayment(_ field: String, in column: Column?) -> Bool {
        let digits = field.count(where: \.isNumber)
        if digits >= digitsOfALongNumber || ExcelDamage.mark(on: field) != nil || RowCheck.isFormula(field) {
            return true
        }
        switch column {
        case .pan, .account:
            return digits >= 8 && !field.contains(where: \.isLetter) || CardMask.isMasked(field)
        case .amount, .amountUZS, .exp, .mfo: return digits > 0 && !field.contains(where: \.isLetter)
        case .name, .id, nil: return false
        }
    }

    private static func isSignature(_ field: String) -> Bool {
        let words = LetterFold.words(of: field)
        guard let first = words.first else { return field.allSatisfy { "_-–—./ ".contains($0) } }
        return firstWords.contains(first) || words.count >= 2 && firstPairs.contains(first + words[1])
    }

    private static let firstWords = keys([
        "директор", "гендиректор", "генеральный", "руководитель", "начальник", "председатель", "бухгалтер", "главбух",
        "главный", "кассир", "исполнитель", "составил", "составила", "подготовил", "подготовила", "проверил",
        "проверила",
        "утверждаю", "утвердил", "утвердила", "подпись", "подписи", "примечание", "примечания", "согласовано",
        "rahbar", "direktor", "hisobchi", "buxgalter", "kassir", "imzo", "ijrochi", "tuzdi", "tuzuvchi", "tasdiqlayman",
        "tekshirdi", "izoh", "раҳбар", "ҳисобчи", "имзо", "ижрочи", "тузувчи", "тасдиқлайман", "изоҳ",
        "director", "accountant", "cashier", "signature", "signatures", "signed", "prepared", "approved", "checked",
        "note",
        "notes",
    ])

    private static let firstPairs = keys([
        "гл бухгалтер", "ген директор", "м п", "bosh hisobchi", "bosh buxgalter", "bosh direktor", "m o", "бош ҳисобчи",
        "бош бухгалтер", "chief accountant", "head of", "payroll officer",
    ])

    private static func keys(_ words: [String]) -> Set<String> { Set(words.map(LetterFold.key)) }
}
