import Foundation
package import Payouts

/// Contains every word of a report in one language. A test checks that none is missing.
package struct Words: Sendable {
    let summary, rows, toReview: String
    let title, closingProof, part, rowCount, sumInSom: String
    let total, fileTotal: String
    package let addsUp, addsUpCorrected, doesNotAddUp: String
    let commission, file, digest, reference, bank, bankSaid, notSentYet, practiceBank, ledgerHead, accounts, imported,
        made,
        pause, by: String
    let runAgain, page, of: String
    let warnings, accepted, notAccepted: String
    let nothingToReview: String
    /// The labels of the first sheet that make it a document to file, and the name of the total below the rows.
    let organisation, paymentDate, paidRowsInWords, paidSumInWords, withoutCommission, sum: String
    /// The headings of a review.
    let remedies: [Remedy: String]
    let attempts, corrections, toPay, approval, approvalMissing: String
    /// The words of the history sheet and its columns.
    let history, who, what: String
    /// The text “`{n}` rows for `{sum}`” in each plural form of the language.
    let rowsForSum: [String]
    /// The name of each event, without its details.
    let events: [EventKind: String]
    /// The words for a run that stopped early, by ``EventCause/RunEnd``.
    let runPaused, runWithoutBank: String
    let questions: [EventCause.Questions.Subject: String]
    let settledRows, newExpiry, newAmount: String
    let quotationMarks: (String, String)
    let moreApprovalsMissing, rejection: String
    let confirmations: [EventCause.Confirmation: String]
    package let verdicts: [RowVerdict.Outcome: String]
    package let evidence: [RowVerdict.Evidence: String]

    let columns: [ReportColumn: String]
    let states: [PayoutState: String]
    let stateAdvice: [PayoutState: String]
    /// The advice for reasons that need specific advice, by reason code.
    let reasonAdvice: [String: String]
    package let warningKinds: [WarningKind: String]
    /// The texts of payout's own reason codes.
    let reasons: [String: String]

    package static func of(_ language: Language) -> Words {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    /// Returns the footer of each page.
    ///
    /// - Parameter isPractice: whether no money was moved. If so, each page must say it.
    func footer(_ title: String, isPractice: Bool = false) -> String {
        // An ampersand starts a code in a footer.
        "&L\(String(title.replacingOccurrences(of: "&", with: "&&").prefix(60)))"
            + (isPractice ? "&C\(practiceBank)" : "") + "&R\(page) &P \(of) &N"
    }

    /// Returns the name of the bank that a batch was sent to.
    ///
    /// - Parameter recorded: the bank as the ledger stores it. `nil` if the batch was not sent yet.
    package func nameOfBank(_ recorded: String?) -> String {
        guard let bank = recorded.map(BankIdentity.init(recorded:)) else { return notSentYet }
        guard bank.isSandbox else { return bank.recorded }
        return practiceBank + (bank.address.map { " (\($0))" } ?? "")
    }

    func column(_ column: ReportColumn) -> String { columns[column] ?? "" }

    package func state(_ state: PayoutState) -> String { states[state] ?? state.rawValue }

    func advice(_ state: PayoutState) -> String? { stateAdvice[state] }

    /// Puts a text in the quotation marks of the language.
    func quoted(_ text: String) -> String { quotationMarks.0 + text + quotationMarks.1 }
}

extension Words {
    /// The words that the web pages share with the report, by their names in the templates.
    package var ofPages: [String: String] {
        [
            "closingProof": closingProof, "part": part, "rowCount": rowCount, "sumInSom": sumInSom, "allParts": total,
            "fileTotal": fileTotal, "corrections": corrections, "toPay": toPay, "attempts": attempts, "rows": rows,
            "review": toReview, "nothingToReview": nothingToReview, "row": column(.row), "recipient": column(.name),
            "card": column(.card), "senderAccount": column(.account), "mfo": column(.bankCode),
            "state": column(.state), "reason": column(.reason), "attempt": column(.attempt), "sends": column(.sends),
            "batch": reference, "imported": imported, "bank": bank, "bankSaid": bankSaid, "newExpiryGiven": newExpiry,
        ]
    }
}
