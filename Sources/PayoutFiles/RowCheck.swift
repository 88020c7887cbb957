import PaymentValues
import Payouts

/// One row against the rules of its columns. Every field is looked at, also after a finding.
struct RowCheck {
    private let fields: [String]
    private let header: Header
    private let row: Int
    private let options: PayoutFileOptions
    private let isCommaDelimited: Bool
    private(set) var findings: [Finding] = []
    /// The amount, also where other fields of the row are wrong; `nil` where it cannot be read.
    private(set) var amount: Tiyin?
    private(set) var payout: Payout?

    /// - Parameters:
    ///   - fields: as many as the header has, without the spaces at their ends.
    ///   - isPushedOut: whether the row has more delimiters than the header, if only with nothing between them.
    init(
        fields: [String], header: Header, row: Int, delimiter: Delimiter, options: PayoutFileOptions, isPushedOut: Bool
    ) {
        self.fields = fields
        self.header = header
        self.row = row
        self.options = options
        isCommaDelimited = delimiter == .comma
        checkFormulas()
        let account = read(.account, Self.account)
        let bankCode = read(.mfo, Self.bankCode)
        let card = read(.pan, Self.card)
        let expiry = read(.exp) { text throws(Problem) in try Self.expiry(text, options) }
        if let column = header.amount?.column {
            amount = read(column) { text throws(Problem) in try Self.amount(text, in: column) }
        }
        checkAmount(isPushedOut: isPushedOut)
        guard findings.isEmpty, let account, let bankCode, let card, let expiry, let amount else { return }
        warn(of: account, card)
        guard !header.hasErrors else { return }
        payout = Payout(
            row: row, account: account, bankCode: bankCode, card: card, expiry: expiry, amount: amount,
            name: text(.name).map(maskingCardNumbers), rowKey: text(.id).map(maskingTrueCardNumbers))
    }

    private mutating func find(_ problem: Problem, in column: Column?, at position: Int, value: String? = nil) {
        let value = value ?? fields[position]
        findings.append(
            Finding(problem, row: row, column: column, value: value.isEmpty ? nil : value, position: position))
    }

    static func isFormula(_ field: String) -> Bool {
        field.utf8.first == UInt8(ascii: "=") && unwrapped(field) == field
    }

    private mutating func checkFormulas() {
        for (position, field) in fields.enumerated() where Self.isFormula(field) {
            find(.formula, in: header.columns[position], at: position)
        }
    }

    private mutating func read<Value>(_ column: Column, _ parse: (String) throws(Problem) -> Value) -> Value? {
        guard let position = header.positions[column], !Self.isFormula(fields[position]) else { return nil }
        do throws(Problem) {
            return try Self.value(of: fields[position], parse)
        } catch {
            find(error, in: column, at: position)
            return nil
        }
    }

    /// - Throws: what is wrong with the field, whatever column it stands in, or what `parse` throws.
    static func value<Value>(of field: String, _ parse: (String) throws(Problem) -> Value) throws(Problem) -> Value {
        let field = unwrapped(field)
        if field.isEmpty { throw .emptyField }
        if !field.utf8.allSatisfy(\.isASCIIDigit) {
            if hasForeignDigits(field) { throw .foreignDigits }
            if hasInvisibleSigns(field) { throw .invisibleSigns }
            if let mark = ExcelDamage.mark(on: field) { throw mark }
            if field.contains("\"") { throw .strayQuote }
        }
        return try parse(field)
    }

    private func text(_ column: Column) -> String? {
        header.positions[column].flatMap { toldText(fields[$0]) }
    }

    static func account(_ text: String) throws(Problem) -> SettlementAccount {
        do { return try SettlementAccount(ungrouped(text)) } catch { throw .accountNot20Digits }
    }

    static func bankCode(_ text: String) throws(Problem) -> BankCode {
        let digits = ungrouped(text)
        if let loss = ExcelDamage.lostZero(inBankCode: digits) { throw loss }
        do { return try BankCode(digits) } catch { throw .mfoNot5Digits }
    }

    /// People write a card in four groups of four, as it stands on the plastic, with spaces or dashes between them; Excel
    /// groups it like a number.
    static func card(_ text: String) throws(Problem) -> CardNumber {
        let groups = text.split { "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains($0) }
        let isGrouped = groups.count == 4 && groups.allSatisfy { $0.count == 4 }
        let digits = ungrouped(isGrouped ? groups.joined() : text)
        do throws(CardNumber.Invalid) {
            return try CardNumber(digits)
        } catch {
            guard error == .checkDigit else { throw .panNot16Digits }
            throw ExcelDamage.hasLostLastDigit(digits) ? .lastDigitLost : .panCheckDigit
        }
    }

    static func expiry(_ text: String, _ options: PayoutFileOptions) throws(Problem) -> CardExpiry {
        if let damage = ExcelDamage.mark(onExpiry: text) { throw damage }
        let expiry: CardExpiry
        do { expiry = try CardExpiry(mmyy: text) } catch { throw .expiryNotMMYY }
        if expiry.isPast(month: options.month, year: options.year) { throw .expiryPast }
        return expiry
    }

    static func amount(_ text: String, in column: Column) throws(Problem) -> Tiyin {
        let amount = try AmountText(text)
        return column == .amountUZS ? try amount.som() : try amount.tiyin()
    }

    /// What is wrong with an amount that can be read: too much, or the first half of one that a comma cut in two.
    private mutating func checkAmount(isPushedOut: Bool) {
        guard let amount, let (column, position) = header.amount else { return }
        if let limit = options.maximumRow, amount > limit { find(.amountAboveLimit(limit), in: column, at: position) }
        let next = position + 1
        if isCommaDelimited, next < fields.count, (1...2).contains(fields[next].utf8.count),
            fields[next].utf8.allSatisfy(\.isASCIIDigit), isPushedOut || header.mayHoldCutDecimals(next)
        {
            find(.shiftedByDelimiter, in: column, at: position, value: "\(fields[position]),\(fields[next])")
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
    }
}
