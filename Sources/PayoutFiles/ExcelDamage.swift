import PaymentValues

/// Recognizes values that a spreadsheet damaged: it read them as numbers or dates, or could not show them.
enum ExcelDamage {
    /// Returns the damage that makes a field of any column unreadable.
    static func mark(on field: String) -> Problem? {
        if field.hasPrefix("#") {
            return field.allSatisfy({ $0 == "#" }) ? .columnTooNarrow : .spreadsheetError
        }
        if field.hasPrefix("Err:") || field.hasPrefix("Ош:") { return .spreadsheetError }
        guard field.unicodeScalars.contains(where: { "eEеЕ".unicodeScalars.contains($0) }) else { return nil }
        if field.wholeMatch(of: /[0-9]+([.,][0-9]+)?[eEеЕ][+-]?[0-9]+/) != nil { return .scientificNotation }
        return nil
    }

    /// Returns the damage if an MFO lost its leading zeros.
    static func lostZero(inBankCode field: String) -> Problem? {
        guard (1...4).contains(field.utf8.count), field.utf8.allSatisfy(\.isASCIIDigit), !field.hasPrefix("0") else {
            return nil
        }
        return .lostLeadingZero(String(repeating: "0", count: 5 - field.utf8.count) + field)
    }

    /// Returns the damage if a spreadsheet changed MMYY into three digits or a date.
    static func mark(onExpiry field: String) -> Problem? {
        if field.utf8.count == 3, field.utf8.allSatisfy(\.isASCIIDigit), !field.hasPrefix("0") {
            return .lostLeadingZero("0" + field)
        }
        return isDate(field) ? .expiryIsDate : nil
    }

    /// Returns whether the card lost its last digit. Excel keeps fifteen digits of a number and replaces the sixteenth
    /// with 0.
    static func hasLostLastDigit(_ card: String) -> Bool {
        card.utf8.count == 16 && card.hasSuffix("0")
    }

    /// Returns whether the field is a date: `01.03.2030`, `2030-03-01`, `мар.30`, `Mar-30`, or Excel's count of days
    /// since 1900.
    private static func isDate(_ field: String) -> Bool {
        if let days = Int(field), field.utf8.count == 5 { return (36_526...73_050).contains(days) }
        let parts = field.split { ".-/ ".contains($0) }
        guard parts.count >= 2 else { return false }
        let hasMonth = parts.contains { part in
            months.contains { part.lowercased().hasPrefix($0) }
        }
        let areNumbers = parts.allSatisfy { $0.utf8.count <= 4 && $0.utf8.allSatisfy(\.isASCIIDigit) }
        return hasMonth || (parts.count == 3 && areNumbers)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "янв", "фев", "мар", "апр",
        "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "yan", "fev", "iyun", "iyul", "avg", "sen",
        "okt",
        "noy", "dek",
    ]
}
