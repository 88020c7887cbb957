import Foundation
import PaymentValues
package import Payouts

/// Describes the ledger's events in the reader's language.
extension Report {
    /// Returns the text of an event. It is empty if the row's new state says everything.
    ///
    /// - Parameter hidesSums: whether to leave out amounts. Approvers must know the totals from another source.
    package func text(of cause: EventCause, hidesSums: Bool = false) -> String {
        let phrase = words.events[cause.kind]
        func described(_ detail: String?) -> String { [phrase, detail].compactMap(\.self).joined(separator: ": ") }
        func described(_ code: ReasonCode?) -> String { described(code.map { text(of: Reason($0)) }) }
        switch cause {
        case .imported(let totals), .approved(let totals, nil): return described(hidesSums ? nil : text(of: totals))
        case .approved(let totals, let confirmation?), .sendingConfirmed(let totals, let confirmation):
            let how = words.confirmations[confirmation]
            return described([how, hidesSums ? nil : text(of: totals)].compactMap(\.self).joined(separator: ", "))
        case .approvalsNeeded(let count): return described(Figures.number(count))
        case .rejected(let note), .cancelled(let note): return described(words.quoted(note))
        case .bound(let bank): return described(name(ofBank: bank))
        case .bankMoved(let old, let new): return described("\(name(ofBank: old)) → \(name(ofBank: new))")
        case .warningsAccepted(let accepted), .correctionWarningsAccepted(let accepted):
            return described(text(of: accepted))
        case .runEnded(.paused(let code)): return "\(words.runPaused): \(text(of: Reason(code)))"
        case .runEnded(.bankUnreachable(let code)): return "\(words.runWithoutBank): \(text(of: Reason(code)))"
        case .bankAsked(let questions):
            let subject = words.questions[questions.subject] ?? questions.subject.rawValue
            let counts = [questions.asked, questions.settled].map(Figures.number)
            return hidesSums ? subject : "\(subject): \(counts[0]), \(words.settledRows): \(counts[1])"
        case .putRight(let rows), .namesErased(let rows): return described(hidesSums ? nil : Figures.number(rows))
        case .corrected(let changes): return described(text(of: changes, hidesSums: hidesSums))
        case .decided(let note, let evidence):
            return [evidence.flatMap { words.evidence[$0] }, words.quoted(note)].compactMap(\.self).joined(
                separator: ": ")
        case .withdrawn(let note): return words.quoted(note)
        case .verdictProposed(let verdict):
            let parts = [
                words.verdicts[verdict.outcome], verdict.evidence.flatMap { words.evidence[$0] },
                words.quoted(verdict.note),
            ]
            return described(parts.compactMap(\.self).joined(separator: ", "))
        case .paused(let code): return described(code)
        case .asked(_, let code): return described(code)
        case .settled(let code): return described(code)
        case .asksFirst, .runStarted, .runEnded(.finished), .resumed, .clockSet, .claimed, .reversed,
            .attemptOfLostLedger:
            return described(String?.none)
        }
    }

    /// Returns the text of a person's corrections of a row.
    package func text(of changes: RowChanges, hidesSums: Bool = false) -> String {
        func described<Value>(
            _ change: RowChanges.Change<Value>?, _ name: String, _ text: (Value) -> String
        ) -> String? {
            change.map { "\(name) \(text($0.from)) → \(text($0.to))" }
        }
        let amount =
            hidesSums
            ? changes.amountTiyin.map { _ in words.newAmount }
            : described(changes.amountTiyin, words.sumInSom) { Figures.amount(Tiyin($0)) }
        return [
            described(changes.account, words.column(.account)) { $0 },
            described(changes.mfo, words.column(.bankCode)) { $0 },
            described(changes.pan, words.column(.card)) { $0 }, changes.exp.map { _ in words.newExpiry }, amount,
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// Returns totals as text: `60 rows for 52 655 612,16 so‘m`.
    package func text(of totals: ControlTotals) -> String {
        let form = PluralRule(language).form(totals.rows)
        return words.rowsForSum[form].replacingOccurrences(of: "{n}", with: Figures.number(totals.rows))
            .replacingOccurrences(of: "{sum}", with: Figures.amount(totals.sum))
    }

    private func text(of warnings: EventCause.Warnings) -> String {
        if warnings.kinds.isEmpty { return Figures.number(warnings.count) }
        return warnings.kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
            "\(words.warningKinds[kind] ?? kind.rawValue): \(Figures.number(count))"
        }.joined(separator: "; ")
    }
}
