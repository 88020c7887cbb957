import PaymentValues
import Payouts
import WorkbookReader

/// Checks one row by the rules of its columns. It checks every field, even after a finding.
struct RowCheck {
    private let fields: RowFields
    private let header: Header
    private let row: Int
    private let options: PayoutFileOptions
    private let isCommaDelimited: Bool
    private(set) var findings: [Finding] = []
    /// The values that were restored from a workbook's cells. They are reported if everything else is right.
    private var remarks: [Finding] = []
    /// The amount, even if other fields of the row are wrong. `nil` if it cannot be read.
    private(set) var amount: Tiyin?
    private(set) var payout: Payout?

    /// Checks a row.
    /// - Parameters:
    ///   - fields: as many as the header has.
    ///   - latestAccount: the account of an earlier row. Most files have one, which is then parsed once: a tenth of a check.
    ///   - originals: the cards of the file whose marked copy this is.
    ///   - isPushedOut: whether the row has more delimiters than the header, with nothing between them, or fewer.
    init(
        fields: RowFields, header: Header, row: Int, delimiter: Delimiter?, options: PayoutFileOptions,
        latestAccount: SettlementAccount? = nil, originals: OriginalCards? = nil, isPushedOut: Bool
    ) {
        self.fields = fields
        self.header = header
        self.row = row
        self.options = options
        isCommaDelimited = delimiter == .comma
        if fields.isHidden { findings.append(Finding(.hiddenRow, row: row)) }
        checkFormulas()
        let account = header.account ?? (isSame(latestAccount) ? latestAccount : read(.account, Self.account))
        let bankCode = header.bankCode ?? read(.mfo, Self.bankCode)
        let card = read(.pan) { text throws(Problem) in
            if let original = originals?[masked: text] { return original }
            return try Self.card(text)
        }
        let expiry = read(.exp) { text throws(Problem) in try Self.expiry(text, options) }
        if let column = header.amount?.column {
            amount = read(column) { text throws(Problem) in try Self.amount(text, in: column) }
        }
        checkAmount(isPushedOut: isPushedOut)
        guard findings.isEmpty, let account, let bankCode, let card, let expiry, let amount else { return }
        findings = remarks
        warn(of: account, card)
        guard !header.hasErrors else { return }
        payout = Payout(
            row: row, account: account, bankCode: bankCode, card: card, expiry: expiry, amount: amount,
            name: text(.name).map(maskingCardNumbers), rowKey: text(.id).map(maskingTrueCardNumbers))
    }

    private mutating func find(_ problem: Problem, in column: Column?, at position: Int, value: String? = nil) {
        let value = value ?? fields.text(position)
        findings.append(
            Finding(problem, row: row, column: column, value: value.isEmpty ? nil : value, position: position))
    }

    static func isFormula(_ field: String) -> Bool {
        field.utf8.first == UInt8(ascii: "=") && unwrapped(field) == field
    }

    private mutating func checkFormulas() {
        for position in 0..<fields.count
        where fields.mayBeFormula(position) && Self.isFormula(fields.text(position)) {
            find(.formula, in: header.columns[position], at: position)
        }
    }

    private mutating func read<Value>(_ column: Column, _ parse: (String) throws(Problem) -> Value) -> Value? {
        guard let position = header.positions[column] else { return nil }
        do throws(Problem) {
            if let nature = fields.nature(position) { return try read(nature, in: column, at: position, parse) }
            if let number = fields.number(position) { return try parse(number) }
            let field = fields.text(position)
            return Self.isFormula(field) ? nil : try Self.value(of: field, parse)
        } catch {
            find(error, in: column, at: position)
            return nil
        }
    }

    /// Reads a cell that is not just typed text.
    private mutating func read<Value>(
        _ nature: CellNature, in column: Column, at position: Int, _ parse: (String) throws(Problem) -> Value
    ) throws(Problem) -> Value {
        let number = nature.kind == .number ? fields.number(position) : nil
        let reading = try CellReading(number ?? fields.text(position), nature.kind, in: column)
        let value = try number == nil ? Self.value(of: reading.text, parse) : parse(reading.text)
        let found = [reading.remark, nature.isFormula ? .formulaResult : nil].compactMap(\.self)
        remarks += found.map { problem in
            Finding(problem, row: row, column: column, value: fields.text(position), position: position)
        }
        return value
    }

    private func isSame(_ account: SettlementAccount?) -> Bool {
        guard let account, let position = header.positions[.account], fields.nature(position) == nil else {
            return false
        }
        return fields.holds(account.digits, at: position)
    }

    /// Reads a field.
    /// - Throws: the problem of the field that would be wrong in any column, or an error of `parse`.
    static func value<Value>(of field: String, _ parse: (String) throws(Problem) -> Value) throws(Problem) -> Value {
        let field = unwrapped(field)
        if field.isEmpty { throw .emptyField }
        if hasForeignDigits(field) { throw .foreignDigits }
        if hasInvisibleSigns(field) { throw .invisibleSigns }
        if let mark = ExcelDamage.mark(on: field) { throw mark }
        if field.utf8.contains(UInt8(ascii: "\"")) { throw .strayQuote }
        return try parse(field)
    }

    private func text(_ column: Column) -> String? {
        guard let position = header.positions[column] else { return nil }
        let text = unwrapped(fields.text(position))
        return text.isEmpty ? nil : text
    }

    static func account(_ text: String) throws(Problem) -> SettlementAccount {
        // A field of exactly 20 bytes has no spaces to remove: with spaces, it would have fewer than 20 digits.
        do {
            return try SettlementAccount(text.utf8.count == 20 ? text : ungrouped(text))
        } catch {
            throw .accountNot20Digits
        }
    }

    static func bankCode(_ text: String) throws(Problem) -> BankCode {
        let digits = ungrouped(text)
        if let loss = ExcelDamage.lostZero(inBankCode: digits) { throw loss }
        do { return try BankCode(digits) } catch { throw .mfoNot5Digits }
    }

    /// Reads a card. People write a card in four groups of four, as on the plastic, with spaces or dashes between them.
    /// Excel groups it like a number.
    static func card(_ text: String) throws(Problem) -> CardNumber {
        let digits = text.utf8.count == 16 ? text : ungrouped(withoutDashes(text))
        do throws(CardNumber.Invalid) {
            return try CardNumber(digits)
        } catch {
            guard error == .checkDigit else { throw CardMask.isMasked(text) ? .maskedCard : .panNot16Digits }
            throw ExcelDamage.hasLostLastDigit(digits) ? .lastDigitLost : .panCheckDigit
        }
    }

    private static func withoutDashes(_ card: String) -> String {
        let groups = card.split { "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains($0) }
        return groups.count == 4 && groups.allSatisfy { $0.count == 4 } ? groups.joined() : card
    }

    static func expiry(_ text: String, _ options: PayoutFileOptions) throws(Problem) -> CardExpiry {
        let expiry: CardExpiry
        do { expiry = try CardExpiry(mmyy: PrintedExpiry.mmyy(text) ?? text) } catch {
            throw ExcelDamage.mark(onExpiry: text) ?? .expiryNotMMYY
        }
        if expiry.isPast(month: options.month, year: options.year) { throw .expiryPast }
        return expiry
    }

    static func amount(_ text: String, in column: Column) throws(Problem) -> Tiyin {
        let amount = try AmountText(text)
        return column == .amountUZS ? try amount.som() : try amount.tiyin()
    }

    /// Checks an amount that can be read. It may be too large, or the first half of an amount that a comma cut in two.
    private mutating func checkAmount(isPushedOut: Bool) {
        guard let amount, let (column, position) = header.amount else { return }
        if let limit = options.maximumRow, amount > limit, !header.isUnitOpen {
            find(.amountAboveLimit(limit), in: column, at: position)
        }
        let next = position + 1
        guard isCommaDelimited, next < fields.count, isPushedOut || header.mayHoldCutDecimals(next) else { return }
        let decimals = fields.text(next)
        if (1...2).contains(decimals.utf8.count), decimals.utf8.allSatisfy(\.isASCIIDigit) {
            find(.shiftedByDelimiter, in: column, at: position, value: "\(fields.text(position)),\(decimals)")
        }
    }

    private mutating func warn(of account: SettlementAccount, _ card: CardNumber) {
        if let position = header.positions[.account] {
            if !UsualDigits.isInSom(account) { find(.otherCurrency(account.currencyCode), in: .account, at: position) }
            if UsualDigits.endsInZeros(account) { find(.accountEndsInZeros, in: .account, at: position) }
        }
        if let position = header.positions[.pan], !UsualDigits.begins(card) {
            find(.unknownCardPrefix, in: .pan, at: position, value: card.digits)
        }
        if let position = header.positions[.name], hasLostLetters(fields.text(position)) {
            find(.lettersLost, in: .name, at: position)
        }
    }
}
