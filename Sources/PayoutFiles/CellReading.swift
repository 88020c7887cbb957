package import WorkbookReader

/// What a workbook says of a field besides its text.
package struct CellNature {
    package let kind: WorkbookCell.Kind
    package let isFormula: Bool

    /// Whether the field is a text that somebody typed, as every field of a CSV file is.
    var isTyped: Bool { kind == .text && !isFormula }
}

/// A cell of a workbook, read as a value of its column. In a workbook the damage that spreadsheets do is visible: a number
/// shows that it is one. So nothing is guessed here, and what is restored is said.
struct CellReading {
    /// As the checks want it.
    let text: String
    /// A warning that names what was restored.
    let remark: Problem?

    private init(_ text: String, _ remark: Problem? = nil) {
        self.text = text
        self.remark = remark
    }

    /// - Throws: what the cell has lost.
    init(_ text: String, _ kind: WorkbookCell.Kind, in column: Column) throws(Problem) {
        switch (kind, column) {
        case (.none, _): throw .formulaWithoutResult
        case (.longNumber, _): throw .digitsLost
        case (.number, .mfo): self = Self.bankCode(text)
        case (.number, .exp): self = Self.expiry(text)
        case (.number, .amount), (.number, .amountUZS): self.init(Self.unambiguous(text))
        case (.date, .exp): self = try Self.expiry(fromDate: text)
        default: self.init(text)
        }
    }

    private static func bankCode(_ number: String) -> CellReading {
        guard case .lostLeadingZero(let whole)? = ExcelDamage.lostZero(inBankCode: number) else {
            return CellReading(number)
        }
        return CellReading(whole, .zeroRestored(whole))
    }

    private static func expiry(_ number: String) -> CellReading {
        guard case .lostLeadingZero(let whole)? = ExcelDamage.mark(onExpiry: number) else {
            return CellReading(number)
        }
        return CellReading(whole, .zeroRestored(whole))
    }

    /// Spreadsheets make the first day of a month of `04/27`. Of any other day nobody can say what was typed.
    private static func expiry(fromDate date: String) throws(Problem) -> CellReading {
        guard date.hasPrefix("01."), date.utf8.count == "01.04.2027".utf8.count else { throw .expiryIsDate }
        let mmyy = String(date.dropFirst(3).prefix(2) + date.suffix(2))
        return CellReading(mmyy, .expiryFromDate(mmyy))
    }

    /// In a text, `1.234` may be more than a thousand. In a number the point is what it is.
    private static func unambiguous(_ number: String) -> String {
        let digits = number.utf8
        let isPoint = digits.count > 3 && digits[digits.index(digits.endIndex, offsetBy: -4)] == UInt8(ascii: ".")
        return isPoint ? number + "0" : number
    }
}
