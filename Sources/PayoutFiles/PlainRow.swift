import PaymentValues
import Payouts

/// How rows are read of which nothing is to be said, as nearly all are: digits where digits belong, and no text made of a
/// field before it is known to be one. A file may have a million rows. Any other row is left to ``RowCheck``, which knows
/// what to say; tests see to it that both read the same.
struct PlainRow {
    private let fieldCount: Int
    private let account, mfo, pan, exp, amount: Int
    private let amountIsSom: Bool
    private let name, id: Int?
    /// Where the decimals of an amount may lie that a comma cut in two.
    private let cutDecimals: Int?
    private let options: PayoutFileOptions
    /// Most files pay from one account, of which nothing is to be said.
    private var latestAccount: SettlementAccount?
    private var latestDigits: [UInt8] = []

    /// `nil` under a header with errors.
    init?(header: Header, options: PayoutFileOptions) {
        guard !header.hasErrors, let account = header.positions[.account], let mfo = header.positions[.mfo],
            let pan = header.positions[.pan], let exp = header.positions[.exp], let amount = header.amount
        else { return nil }
        fieldCount = header.fieldCount
        (self.account, self.mfo, self.pan, self.exp) = (account, mfo, pan, exp)
        self.amount = amount.position
        amountIsSom = amount.column == .amountUZS
        name = header.positions[.name]
        id = header.positions[.id]
        cutDecimals = header.mayHoldCutDecimals(amount.position + 1) ? amount.position + 1 : nil
        self.options = options
    }

    /// `nil` where a closer look is needed.
    mutating func payout(_ fields: PlainFields, row: Int) -> Payout? {
        guard fields.count == fieldCount, fields.isValidUTF8, let tiyin = unsafe tiyin(fields[amount]), tiyin > 0,
            tiyin <= options.maximumRow?.count ?? .max, !isCutDecimals(fields)
        else { return nil }
        do {
            let card = try CardNumber(fields.text(pan))
            let expiry = try CardExpiry(mmyy: fields.text(exp))
            guard !expiry.isPast(month: options.month, year: options.year), UsualDigits.begins(card),
                let account = try unsafe usualAccount(fields[account])
            else { return nil }
            return Payout(
                row: row, account: account, bankCode: try BankCode(fields.text(mfo)), card: card, expiry: expiry,
                amount: Tiyin(tiyin), name: name.flatMap { toldText(fields.text($0)) }.map(maskingCardNumbers),
                rowKey: id.flatMap { toldText(fields.text($0)) }.map(maskingTrueCardNumbers))
        } catch {
            return nil
        }
    }

    private mutating func usualAccount(_ field: Slice<UnsafeBufferPointer<UInt8>>) throws -> SettlementAccount? {
        if let latestAccount, unsafe latestDigits.elementsEqual(field) { return latestAccount }
        let account = try unsafe SettlementAccount(String(decoding: field, as: UTF8.self))
        guard UsualDigits.has(account) else { return nil }
        latestAccount = account
        latestDigits = unsafe Array(field)
        return account
    }

    private func isCutDecimals(_ fields: PlainFields) -> Bool {
        cutDecimals.map { unsafe (1...2).contains(fields[$0].count) } ?? false
    }

    private func tiyin(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        guard amountIsSom else { return unsafe number(field) }
        guard let sign = unsafe field.firstIndex(where: { !$0.isASCIIDigit }) else {
            return unsafe number(field).map { $0 * 100 }
        }
        let decimals = unsafe field[(sign + 1)...]
        guard unsafe field[sign] == UInt8(ascii: ".") || field[sign] == UInt8(ascii: ","),
            unsafe (1...2).contains(decimals.count),
            let whole = unsafe number(field[..<sign]), let fraction = unsafe number(decimals)
        else { return nil }
        return unsafe whole * 100 + (decimals.count == 1 ? fraction * 10 : fraction)
    }

    /// Of so few digits that nothing can overflow.
    private func number(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        guard unsafe (1...15).contains(field.count), unsafe field.allSatisfy(\.isASCIIDigit) else { return nil }
        return unsafe field.reduce(0) { $0 * 10 + Int64($1 &- 48) }
    }
}
