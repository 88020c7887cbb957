import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Reports

/// Records a person's verdict on a row. The desk first shows the effect of the verdict, and records it after the person
/// has confirmed.
extension Desk {
    /// Returns the session of a user who may give verdicts. An approver may only confirm verdicts of others.
    func judge(_ context: DeskContext) throws -> Session {
        let session = try context.signedIn()
        let mayJudge =
            session.user.role == .maker || session.user.role == .checker && operations.rules.requiresSecondVerdict
        guard mayJudge else { throw DeskRefusal.notAllowed(.maker) }
        return session
    }

    static func note(_ form: Form) throws(DeskRefusal) -> String {
        let note = form["note"].trimmingCharacters(in: .whitespacesAndNewlines)
        guard !note.isEmpty else { throw .noteMissing }
        return String(note.prefix(300))
    }

    /// Shows the effect of a verdict, or records the verdict whose effect was shown.
    ///
    /// - Parameter typed: reads the verdict from the form.
    func give(
        _ form: Form, _ session: Session, _ request: Request, _ context: DeskContext, _ typed: () throws -> RowVerdict
    ) async throws -> Response {
        guard let row = context.parameters.get("row", as: Int.self) else { throw DeskRefusal.notFound }
        let batch = try batch(context)
        guard !form["shown"].isEmpty else {
            return try await showEffect(of: typed(), row, batch, session, request, context)
        }
        let shown = session.change { state -> Session.ShownVerdict? in
            guard let shown = state.verdicts[batch.reference], shown.token.matches(form["shown"]), shown.row == row
            else { return nil }
            state.verdicts[batch.reference] = nil
            return shown
        }
        guard let verdict = shown?.verdict else { throw DeskRefusal.staleForm }
        try record(
            verdict.outcome == .withdrawn ? .withdraw : .resolve, by: session, context, batch: batch.reference,
            row: row, detail: verdict.outcome == .withdrawn ? nil : verdict.outcome.rawValue)
        let operations = self.operations.acting(as: session.user.who)
        let outcome = try await offload {
            try GiveVerdict(operations).run(verdict, on: row, of: batch.reference.name)
        }
        let notice =
            switch (outcome, verdict.outcome) {
            case (.proposed, _): "verdictProposed"
            case (.counted, .withdrawn): "withdrawn"
            case (.counted, .paid), (.counted, .notPaid): "resolved"
            }
        session.change { $0.notice = Notice(kind: .done, text: context.wording(notice, ["row": "\(row)"])) }
        return redirect(to: "\(Self.path(batch.reference))/rows/\(row)")
    }

    private struct EffectPage {
        let href, rowHref, action, name, title, text, shown, button: String
        let facts: [Fact]
        let parts: [Part]
        let needsAnother: Bool

        /// A state of rows before and after the verdict.
        struct Part {
            let partKind, partName, rowsBefore, sumBefore, rowsAfter, sumAfter: String
        }
    }

    private func showEffect(
        of verdict: RowVerdict, _ row: Int, _ batch: BatchRecord, _ session: Session, _ request: Request,
        _ context: DeskContext
    ) async throws -> Response {
        let shown = Session.ShownVerdict(token: Token(random: random), row: row, verdict: verdict)
        let w = context.wording
        let page = try await offload { [self] in
            try ledger.demandOpen(verdict.outcome, row: row, of: batch.id)
            let proposal = try ledger.proposal(ofRow: row, in: batch.id)
            let seconds =
                proposal.map {
                    $0.verdict.outcome == verdict.outcome
                        && !RecordedPerson(session.user.name.text).isSame(as: $0.who)
                } ?? false
            guard session.user.role == .maker || seconds else { throw DeskRefusal.notAllowed(.maker) }
            return try effectPage(
                of: shown, batch, w, needsAnother: operations.rules.requiresSecondVerdict && !seconds)
        }
        session.change { $0.verdicts[batch.reference] = shown }
        return self.page("effect", page.title, page, for: request, context)
    }

    private func effectPage(
        of shown: Session.ShownVerdict, _ batch: BatchRecord, _ w: Wording, needsAnother: Bool
    ) throws -> EffectPage {
        let (verdict, words) = (shown.verdict, words(w.language))
        let path = Self.path(batch.reference)
        let target: PayoutState =
            switch verdict.outcome {
            case .paid: .paid
            case .notPaid: .refused
            case .withdrawn: .withdrawn
            }
        return try ledger.report(on: batch.id) { snapshot in
            let row = try snapshot.row(shown.row)
            let one = ControlTotals(rows: 1, sum: row.amount)
            let less = ControlTotals(rows: -1, sum: Tiyin(-row.amount.count))
            var facts = [Fact(name: w("card"), value: row.maskedCard)]
            if let name = row.name { facts.insert(Fact(name: w("recipient"), value: name), at: 0) }
            facts.append(Fact(name: w("sumInSom"), value: Figures.amount(row.amount)))
            if let evidence = verdict.evidence {
                facts.append(Fact(name: w("evidence"), value: words.evidence[evidence] ?? evidence.rawValue))
            }
            facts.append(Fact(name: w("settleNote"), value: maskingTrueCardNumbers(in: verdict.note)))
            let parts = try [row.state, target].map { state in
                let before = snapshot.statement[state]
                let after = try before.adding(state == target ? one : less)
                return EffectPage.Part(
                    partKind: state.rawValue, partName: words.state(state), rowsBefore: Figures.number(before.rows),
                    sumBefore: Figures.amount(before.sum), rowsAfter: Figures.number(after.rows),
                    sumAfter: Figures.amount(after.sum))
            }
            return EffectPage(
                href: path, rowHref: "\(path)/rows/\(row.row)",
                action: verdict.outcome == .withdrawn ? "withdraw" : "resolve", name: batch.reference.name,
                title: w("effectTitle", ["row": "\(row.row)"]), text: w("effect.\(verdict.outcome.rawValue)"),
                shown: shown.token.text,
                button: w(verdict.outcome == .withdrawn ? "withdraw" : "resolve"), facts: facts, parts: parts,
                needsAnother: needsAnother)
        }
    }
}
