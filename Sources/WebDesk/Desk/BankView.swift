import Payouts
import Reports

/// The bank of a batch on pages. A practice bank is marked clearly.
struct BankView {
    let bankName, bankKind: String

    /// Shows the bank. Returns `nil` if the batch has not been sent yet.
    init?(of statement: BatchStatement, _ words: Words) {
        guard statement.bank != nil else { return nil }
        bankName = words.nameOfBank(statement.bank)
        bankKind = statement.isPractice ? "practice" : ""
    }
}
