import Foundation
import Payouts

/// Every word of a report in one language. Tests see to it that none is missing.
struct Words: Sendable {
    let summary, rows, toReview: String
    let title, closingProof, part, rowCount, sumInSom: String
    let total, fileTotal, addsUp, addsUpCorrected, doesNotAddUp: String
    let commission, file, digest, reference, bank, notSentYet, accounts, imported, made, pause, by: String
    let runAgain, page, of: String
    let warnings, accepted, notAccepted: String
    let nothingToReview: String
    /// The titles of a review.
    let remedies: [Review.Remedy: String]
    let attempts, corrections, toPay, approval, approvalMissing: String

    let columns: [ReportColumn: String]
    let states: [PayoutState: String]
    let stateAdvice: [PayoutState: String]
    /// By the code of the reason, for refusals that ask for something of their own and for what the bank took back.
    let reasonAdvice: [String: String]
    let warningKinds: [WarningKind: String]
    /// By our own codes.
    let reasons: [String: String]

    static func of(_ language: Language) -> Words {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    /// What stands at the foot of each page.
    func footer(_ title: String) -> String {
        // An ampersand begins a code in a footer.
        "&L\(String(title.replacingOccurrences(of: "&", with: "&&").prefix(60)))&R\(page) &P \(of) &N"
    }

    func column(_ column: ReportColumn) -> String { columns[column] ?? "" }

    func state(_ state: PayoutState) -> String { states[state] ?? state.rawValue }

    func advice(_ state: PayoutState) -> String? { stateAdvice[state] }
}
