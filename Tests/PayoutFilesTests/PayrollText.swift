import Foundation
import PayoutFiles
import Payouts

/// Payout files for the tests, made of the public test cards.
enum PayrollText {
    static let header = "account,mfo,pan,exp,amount"
    static let account = "20208000900123456001"
    static let cards = ["8600069195406311", "8600495473316478", "8600060921090842"]

    static func row(
        account: String = account, mfo: String = "01183", pan: String = cards[0], exp: String = "0330",
        amount: String = "150000", more: String = ""
    ) -> String {
        [account, mfo, pan, exp, amount].joined(separator: ",") + more
    }

    /// Lines, each ended.
    static func file(_ lines: String...) -> PayoutFile {
        read(lines.map { $0 + "\n" }.joined())
    }

    static func read(_ text: String, options: PayoutFileOptions = november2026) -> PayoutFile {
        PayoutFile(name: "payroll.csv", bytes: Data(text.utf8), options: options)
    }

    static let november2026 = PayoutFileOptions(month: 11, year: 2026)
}

extension PayoutFile {
    var problems: [Problem] { findings.map(\.problem) }
}
