package import Foundation
package import PaymentValues
package import Payouts
package import Processing
package import Reports

/// Words the events of a run in the reader's language.
package struct RunText: Sendable {
    package let words: TextCatalogue
    private let report: Report
    private let timeZone: TimeZone

    /// Makes the texts.
    /// - Parameter report: names banks, states and reasons in the reader's language.
    package init(_ report: Report, timeZone: TimeZone) {
        words = TextCatalogue.ofCommands(report.language)
        self.report = report
        self.timeZone = timeZone
    }

    /// Returns the text of a row that was not paid. `nil` if the move needs no text.
    package func text(of move: PayoutMove) -> String? {
        guard let reason = move.reason, [.unknown, .review, .refused].contains(move.to) else { return nil }
        return words(
            "row.ended",
            [
                "row": String(move.row), "state": move.to.rawValue, "stateName": report.name(of: move.to),
                "code": reason.code.rawValue, "reason": report.text(of: reason).withoutPeriod,
                "id": move.id.description,
            ])
    }

    /// Returns how a run ended. `nil` if the totals of the batch say it.
    package func text(of ending: RunEnding, of batch: BatchReference) -> String? {
        switch ending {
        case .nothingToDo: words("run.nothingToDo", ["batch": batch.name])
        case .finished: nil
        case .paused(let reason): words("run.paused", ["reason": report.text(of: reason).withoutPeriod])
        case .bankUnreachable(let reason):
            words("run.bankUnreachable", ["reason": report.text(of: reason).withoutPeriod])
        }
    }

    /// Returns the totals of a batch.
    /// - Throws: `Tiyin.Overflow`. Only a damaged ledger causes it.
    package func totals(of statement: BatchStatement) throws(Tiyin.Overflow) -> String {
        try StatementText(of: statement, report).text
    }

    /// Returns the corrections of single rows, and the new total of the batch.
    package func lines(of plan: CorrectionPlan, before: ControlTotals) -> [String] {
        let rows = plan.changes.map { row, correction in
            words("correction.row", ["row": String(row.row), "changes": text(of: correction, on: row)])
        }
        do {
            let change = try plan.difference
            guard change != .zero else { return rows }
            let after = try before.sum.adding(change)
            return rows + [
                words("correction.total", ["old": before.sum.description, "new": after.description])
            ]
        } catch {
            return rows + [words("correction.tooLarge")]
        }
    }

    private func text(of change: Correction, on row: StatementRow) -> String {
        var parts: [String] = []
        func add(_ key: String, _ old: String, _ new: String) { parts.append(words(key, ["old": old, "new": new])) }
        if let account = change.account { add("correction.account", row.account.digits, account.digits) }
        if let bankCode = change.bankCode { add("correction.mfo", row.bankCode.digits, bankCode.digits) }
        if let card = change.card { add("correction.card", row.maskedCard, card.masked) }
        if change.expiry != nil { parts.append(words("correction.expiry")) }
        if let amount = change.amount { add("correction.amount", row.amount.description, amount.description) }
        return parts.joined(separator: ", ")
    }

    /// Returns why a row is not sent again. `nil` if it is.
    package func text(of answer: Rerun.Answer, row: Int) -> String? {
        var values = ["row": String(row)]
        switch answer {
        case .queued: return nil
        case .takenBack(let state):
            values.merge(["state": state.rawValue, "stateName": report.name(of: state)]) { $1 }
            return words("rerun.takenBack", values)
        case .tooEarly(let until):
            values["time"] = until.stamp(in: timeZone)
            return words("rerun.tooEarly", values)
        case .notAsked(let reason):
            values["reason"] = report.text(of: reason)
            return words("rerun.notAsked", values)
        case .mustStayAsItIs: return words("rerun.mustStayAsItIs", values)
        case .hasChanged: return words("rerun.hasChanged", values)
        }
    }
}

extension String {
    /// The text without its last period, for use inside a sentence.
    fileprivate var withoutPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
