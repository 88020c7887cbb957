import Payouts
import Reports

/// The bank that a batch was sent to, as pages show it. One for practice is hard to overlook.
struct BankShown {
    let bankName, bankKind: String

    /// `nil` where it was not sent yet.
    init?(of statement: BatchStatement, _ words: Words) {
        guard statement.bank != nil else { return nil }
        bankName = words.nameOfBank(statement.bank)
        bankKind = statement.isPractice ? "practice" : ""
    }
}
