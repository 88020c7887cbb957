package import WorkbookReader

/// The properties of a workbook's cell besides its text.
package struct CellNature {
    package let kind: WorkbookCell.Kind
    package let isFormula: Bool

    /// Whether a person typed the cell as text. Every field of a CSV file counts as typed.
    var isTyped: Bool { kind == .text && !isFormula }
}

/// Reads a cell of a workbook as a value of its column. In a workbook the damage by spreadsheets is visible, because a
/// number is marked as a number. So nothing is guessed, and every restored value is reported.
struct CellReading {
    /// The text in the form that the checks need.
    let text: String
    /// A warning that names the restored value.
    let remark: Problem?

    private init(_ text: String, _ remark: Problem? = nil) {
        self.text = text
        self.remark = remark
    }

    /// Reads a cell.
    /// - Throws: the problem of a cell that lost a part of its value.
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

    /// Reads an expiry from a date. Spreadsheets turn `04/27` into the first day of a month. For any other day the
    /// typed text is not known.
    private static func expiry(fromDate date: String) throws(Problem) -> CellReading {
        guard date.hasPrefix("01."), date.utf8.count == "01.04.2027".utf8.count else { throw .expiryIsDate }
        let mmyy = String(date.dropFirst(3).prefix(2) + date.suffix(2))
        return CellReading(mmyy, .expiryFromDate(mmyy))
    }

    /// Makes a number unambiguous. In a text, `1.234` may be more than a thousand. In a number, the point always begins
    /// the decimals.
    private static func unambiguous(_ number: String) -> String {
        let digits = number.utf8
        let isPoint = digits.count > 3 && digits[digits.index(digits.endIndex, offsetBy: -4)] == UInt8(ascii: ".")
        return isPoint ? number + "0" : number
    }
}
