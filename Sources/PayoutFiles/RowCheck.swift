import Payouts

/// One row against the rules of its columns. Every field is looked at, also after a finding.
struct RowCheck {
    let fields: [String]
    let header: Header
    let row: Int
    let options: PayoutFileOptions
    private(set) var findings: [Finding] = []

    init(fields: [String], header: Header, row: Int, options: PayoutFileOptions) {
        self.fields = fields
        self.header = header
        self.row = row
        self.options = options
    }

    /// The payout, if the row and the header have no error.
    mutating func payout() -> Payout? {
        checkFormulas()
        let options = options
        let account = read(.account, Self.account)
        let bankCode = read(.mfo, Self.bankCode)
        let card = read(.pan, Self.card)
        let expiry = read(.exp) { text throws(Problem) in try Self.expiry(text, options) }
        let amount = read(.amount) { text throws(Problem) in try Self.limited(AmountText.tiyin(text), options) }
        let amountUZS = read(.amountUZS) { text throws(Problem) in try Self.limited(AmountText.som(text), options) }

        guard findings.isEmpty, header.findings.isEmpty, let account, let bankCode, let card, let expiry,
            let amount = amount ?? amountUZS
        else { return nil }
        return Payout(
            row: row, account: account, bankCode: bankCode, card: card, expiry: expiry, amount: amount,
            name: text(.name).map(maskingCardNumbers), rowKey: text(.id).map(maskingTrueCardNumbers))
    }

    private mutating func checkFormulas() {
        for (position, field) in fields.enumerated() where field.hasPrefix("=") {
            let column = header.positions.first { $0.value == position }?.key
            findings.append(Finding(.formula, row: row, column: column, value: field))
        }
    }

    private mutating func read<Value>(_ column: Column, _ parse: (String) throws(Problem) -> Value) -> Value? {
        guard let position = header.positions[column], !fields[position].hasPrefix("=") else { return nil }
        let field = fields[position]
        do throws(Problem) {
            if field.isEmpty { throw .emptyField }
            if hasForeignDigits(field) { throw .foreignDigits }
            return try parse(field)
        } catch {
            findings.append(Finding(error, row: row, column: column, value: field.isEmpty ? nil : field))
            return nil
        }
    }

    private func text(_ column: Column) -> String? {
        header.positions[column].map { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func account(_ text: String) throws(Problem) -> SettlementAccount {
        do { return try SettlementAccount(text) } catch { throw .accountNot20Digits }
    }

    private static func bankCode(_ text: String) throws(Problem) -> BankCode {
        do { return try BankCode(text) } catch { throw .mfoNot5Digits }
    }

    /// People write a card in four groups of four, as it stands on the plastic.
    private static func card(_ text: String) throws(Problem) -> CardNumber {
        let groups = text.split(whereSeparator: \.isWhitespace)
        let isGrouped = groups.count == 4 && groups.allSatisfy { $0.count == 4 }
        do throws(CardNumber.Invalid) {
            return try CardNumber(isGrouped ? groups.joined() : text)
        } catch {
            throw error == .checkDigit ? .panCheckDigit : .panNot16Digits
        }
    }

    private static func expiry(_ text: String, _ options: PayoutFileOptions) throws(Problem) -> CardExpiry {
        let expiry: CardExpiry
        do { expiry = try CardExpiry(mmyy: text) } catch { throw .expiryNotMMYY }
        if expiry.isPast(month: options.month, year: options.year) { throw .expiryPast }
        return expiry
    }

    private static func limited(_ amount: Tiyin, _ options: PayoutFileOptions) throws(Problem) -> Tiyin {
        if let limit = options.maximumRow, amount > limit { throw .amountAboveLimit(limit) }
        return amount
    }
}
