import Foundation
package import Payouts

/// Every word of a report in one language. Tests see to it that none is missing.
package struct Words: Sendable {
    let summary, rows, toReview: String
    let title, closingProof, part, rowCount, sumInSom: String
    let total, fileTotal: String
    package let addsUp, addsUpCorrected, doesNotAddUp: String
    let commission, file, digest, reference, bank, notSentYet, practiceBank, ledgerHead, accounts, imported, made,
        pause, by: String
    let runAgain, page, of: String
    let warnings, accepted, notAccepted: String
    let nothingToReview: String
    /// The titles of a review.
    let remedies: [Remedy: String]
    let attempts, corrections, toPay, approval, approvalMissing: String

    let columns: [ReportColumn: String]
    let states: [PayoutState: String]
    let stateAdvice: [PayoutState: String]
    /// By our own code, for refusals that ask for something special and for payouts that the bank took back.
    let reasonAdvice: [String: String]
    package let warningKinds: [WarningKind: String]
    /// By our own codes.
    let reasons: [String: String]

    package static func of(_ language: Language) -> Words {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    /// What stands at the foot of each page.
    ///
    /// - Parameter isPractice: whether no money was moved, which must show on each page by itself.
    func footer(_ title: String, isPractice: Bool = false) -> String {
        // An ampersand begins a code in a footer.
        "&L\(String(title.replacingOccurrences(of: "&", with: "&&").prefix(60)))"
            + (isPractice ? "&C\(practiceBank)" : "") + "&R\(page) &P \(of) &N"
    }

    /// Which bank a batch was sent to.
    ///
    /// - Parameter recorded: as the ledger keeps it; `nil` where it was not sent yet.
    package func nameOfBank(_ recorded: String?) -> String {
        guard let bank = recorded.map(BankIdentity.init(recorded:)) else { return notSentYet }
        guard bank.isSandbox else { return bank.recorded }
        return practiceBank + (bank.address.map { " (\($0))" } ?? "")
    }

    func column(_ column: ReportColumn) -> String { columns[column] ?? "" }

    package func state(_ state: PayoutState) -> String { states[state] ?? state.rawValue }

    func advice(_ state: PayoutState) -> String? { stateAdvice[state] }
}

extension Words {
    /// What a page shows as the report does, by the names that its templates have for it.
    package var ofPages: [String: String] {
        [
            "closingProof": closingProof, "part": part, "rowCount": rowCount, "sumInSom": sumInSom, "allParts": total,
            "fileTotal": fileTotal, "corrections": corrections, "toPay": toPay, "attempts": attempts, "rows": rows,
            "review": toReview, "nothingToReview": nothingToReview, "row": column(.row), "recipient": column(.name),
            "card": column(.card), "senderAccount": column(.account), "mfo": column(.bankCode),
            "state": column(.state), "reason": column(.reason), "attempt": column(.attempt), "sends": column(.sends),
            "batch": reference, "imported": imported, "bank": bank,
        ]
    }
}
