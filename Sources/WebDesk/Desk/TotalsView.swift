import PaymentValues
import Payouts
import Reports

/// Control totals in figures and in words.
struct TotalsView {
    let payouts, sum, sumInWords, fromAccounts: String
    let accounts: [String]
    let moreAccounts: String?

    /// The number of accounts that the page names.
    private static let shownAccounts = 5

    init(_ totals: ControlTotals, accounts: [SettlementAccount], in w: Wording) {
        payouts = w("payoutCount", count: totals.rows)
        sum = Figures.amount(totals.sum)
        sumInWords = AmountInWords(totals.sum, in: w.language).text.firstUppercased
        fromAccounts = w(accounts.count == 1 ? "fromAccount" : "fromAccounts")
        self.accounts = accounts.prefix(Self.shownAccounts).map { Self.grouped($0.digits) }
        let more = accounts.count - Self.shownAccounts
        moreAccounts = more > 0 ? w("andMore", count: more) : nil
    }

    /// Groups digits as on paper: `2020 8000 9001 2345 6001`.
    static func grouped(_ digits: String) -> String {
        stride(from: 0, to: digits.count, by: 4).map { String(digits.dropFirst($0).prefix(4)) }
            .joined(separator: "\u{A0}")
    }
}

extension String {
    var firstUppercased: String { prefix(1).uppercased() + dropFirst() }
}
