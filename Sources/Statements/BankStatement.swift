package import PaymentValues

/// The statement's data about the account as a whole. It exists only if the lines agree with the balances.
package struct BankStatement: Hashable, Sendable {
    package let format: StatementFormat
    package let account: SettlementAccount
    package let period: ClosedRange<CalendarDay>
    package let balances: Balances
    package let debitLines: Int
    package let creditLines: Int

    package var lines: Int { debitLines + creditLines }

    package struct Balances: Hashable, Sendable {
        package let opening: Tiyin
        package let debits: Tiyin
        package let credits: Tiyin
        package let closing: Tiyin

        package init(opening: Tiyin, debits: Tiyin, credits: Tiyin, closing: Tiyin) {
            self.opening = opening
            self.debits = debits
            self.credits = credits
            self.closing = closing
        }
    }

    package init(
        format: StatementFormat, account: SettlementAccount, period: ClosedRange<CalendarDay>, balances: Balances,
        debitLines: Int, creditLines: Int
    ) {
        self.format = format
        self.account = account
        self.period = period
        self.balances = balances
        self.debitLines = debitLines
        self.creditLines = creditLines
    }
}

/// The format of a statement. The ledger stores the raw values.
package enum StatementFormat: String, Hashable, Sendable, CaseIterable {
    /// 1C's text exchange, `1CClientBankExchange`.
    case oneC = "1c"
    case csv
    /// ISO 20022 `camt.053`.
    case camt053
    case workbook = "xlsx"
}
