import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Reports

/// The rows that wait for a person, and their reruns.
extension Desk {
    func addReview(to router: Router<DeskContext>) {
        router.get("batches/:batch/review") { request, context in
            let session = try context.signedIn()
            let batch = try self.batch(context)
            return try await self.reviewPage(of: batch, session, request, context)
        }
        router.get("batches/:batch/rerun") { request, context in
            let session = try context.demand(.maker)
            let batch = try self.batch(context)
            let (w, query) = (context.wording, request.query)
            let page = try await self.offload { try self.rerunPage(batch, query, session, w) }
            return self.page("rerun", w("rerunTitle"), page, for: request, context)
        }
        router.post("batches/:batch/rerun") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            let batch = try self.batch(context)
            try await self.rerun(batch, form, session, context)
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/rerun/forget") { request, context in
            let session = try context.demand(.maker)
            _ = try await self.form(request, session)
            let batch = try self.batch(context)
            session.change { $0.corrections[batch.reference] = nil }
            return self.redirect(to: Self.path(batch.reference) + "/review")
        }
    }

    /// - Parameter findings: what is wrong with a table of corrections.
    func reviewPage(
        of batch: BatchRecord, _ session: Session, _ request: Request, _ context: DeskContext,
        findings: FindingLog? = nil
    ) async throws -> Response {
        let w = context.wording
        let approves = try await view(of: batch).hidesTotals(from: session.user)
        let shown = findings.map { FindingsView.all(of: $0, in: w) } ?? []
        let page = try await offload { [self] in
            try reviewPage(batch, session, w, approves: approves, findings: shown)
        }
        return self.page(
            "review", batch.reference.name, page, for: request, context,
            status: findings == nil ? .ok : .unprocessableContent)
    }

    private func rerun(_ batch: BatchRecord, _ form: Form, _ session: Session, _ context: DeskContext) async throws {
        let (confirmed, warnings) = try Self.confirmation(form)
        // After a refused code the page stays unchanged, so that the user can type another code.
        let confirm = self.confirmation(form["code"], of: session)
        let confirmation =
            session.change({ $0.reruns[batch.reference]?.token.matches(form["shown"]) }) == true
            ? try await offload { try confirm() } : nil
        let shown = session.change { state in
            guard let shown = state.reruns[batch.reference], shown.token.matches(form["shown"]) else {
                return Session.ShownRerun?.none
            }
            state.reruns[batch.reference] = nil
            return shown
        }
        guard let shown else { throw DeskRefusal.staleForm }
        guard shown.warnings.allSatisfy({ form[$0] == "yes" }) else { throw DeskRefusal.malformed }
        try record(
            .rerun, by: session, context, batch: batch.reference,
            detail: "\(confirmed.rows) rows, \(confirmed.sum.count) tiyin")
        let operations = self.operations.acting(as: session.user.who)
        let hasBegun = try await runs.begin(
            batch.reference, for: session.user.who, at: operations.time.now()
        ) { stop, observe in
            try await RerunRows(operations.observed(by: observe), confirmedBy: confirmation, stop: stop).run(
                batch.reference.name, correctedBy: Self.table(shown.corrections),
                consent: .confirmed(confirmed, warnings: warnings), where: RerunChoice(rows: shown.rows).contains
            ).outcome
        }
        // The active run does not know these corrections: keep them.
        guard hasBegun else {
            throw LedgerError.runnerBusy(holder: Self.person(await runs.run(of: batch.reference)?.who ?? ""))
        }
        session.change { $0.corrections[batch.reference] = nil }
    }

    private static func table(_ corrections: [Int: CorrectionFile]) -> CorrectionFile? {
        let tables = corrections.sorted { $0.key < $1.key }.map(\.value)
        return tables.dropFirst().reduce(tables.first) { $0?.adding($1) }
    }
}

private struct ReviewPage {
    let href, name: String
    let bank: BankView?
    let tabs: [Tab]
    let drafts: Draft?
    /// Errors in a table of corrections.
    let findings: [FindingsView]
    let upload: Upload?
    let remedies: [RemedyView]
    let hasRemedies: Bool

    struct Upload {
        let text: String
    }

    struct Draft {
        let text: String
    }

    struct RemedyView {
        let code, title, help: String
        let groups: [Group]
    }

    struct Group {
        let kind, stateName, why, rowsHref: String
        let totalsText: String?
        let bankTexts: [String]
        /// A link for each row, if there are few.
        let rowLinks: [RowLink]
        let advice, rerunHref: String?

        struct RowLink {
            let rowHref: String
            let number: Int
            let linkCard, linkName, linkAmount: String
        }
    }
}

extension Desk {
    private func reviewPage(
        _ batch: BatchRecord, _ session: Session, _ w: Wording, approves: Bool, findings: [FindingsView]
    ) throws -> ReviewPage {
        let report = operations.acting(as: session.user.who).report(in: w.language)
        let path = Self.path(batch.reference)
        let drafts = session.change { $0.corrections[batch.reference]?.count ?? 0 }
        return try ledger.report(on: batch.id) { snapshot in
            var review = Review(report)
            try snapshot.forEachRow(of: RowFilter(states: [.refused, .unknown, .sending, .review])) {
                try review.take($0)
            }
            try snapshot.forEachRow(of: RowFilter(states: [.paid], reason: .reversedAtBank)) { try review.take($0) }
            let remedies = try Remedy.allCases.compactMap { remedy -> ReviewPage.RemedyView? in
                let groups = review.groups.filter { $0.remedy == remedy }
                guard !groups.isEmpty else { return nil }
                return .init(
                    code: remedy.rawValue, title: w("remedy.\(remedy.rawValue)"),
                    help: w("remedyHelp.\(remedy.rawValue)"),
                    groups: try groups.map {
                        try shown($0, in: snapshot, path, session, report, w, hidesTotals: approves)
                    })
            }
            return ReviewPage(
                href: path, name: batch.reference.name,
                bank: BankView(of: snapshot.statement, words(w.language)),
                tabs: Tab.all(.review, of: snapshot.statement, in: w, approves: approves),
                drafts: drafts > 0 ? .init(text: w("draftsWait", count: drafts)) : nil, findings: findings,
                upload: session.user.role == .maker && snapshot.statement[.refused].rows > 0
                    ? .init(text: w("correctionsHelp")) : nil, remedies: remedies,
                hasRemedies: !remedies.isEmpty)
        }
    }

    private static let linkedRows = 20

    private func shown(
        _ group: Review.Group, in snapshot: BatchSnapshot, _ path: String, _ session: Session, _ report: Report,
        _ w: Wording, hidesTotals: Bool
    ) throws -> ReviewPage.Group {
        let state = group.state == .sending ? PayoutState.unknown : group.state
        let query = ["state": state.rawValue, "reason": group.reason?.code.rawValue ?? ""]
        let linked = group.totals.rows > Self.linkedRows ? [] : group.rows.flatMap { $0 }
        return .init(
            kind: state.rawValue, stateName: words(w.language).state(state),
            // Leave out the bank's texts: the page shows them below, without duplicates.
            why: group.reason.map { report.text(of: Reason($0.code, httpStatus: $0.httpStatus)) } ?? "",
            rowsHref: "\(path)/rows\(Self.query(query))",
            totalsText: hidesTotals ? nil : report.text(of: group.totals), bankTexts: group.bankTexts,
            rowLinks: try linked.map { number in
                let row = try snapshot.row(number)
                return ReviewPage.Group.RowLink(
                    rowHref: "\(path)/rows/\(number)", number: number, linkCard: row.maskedCard,
                    linkName: row.name ?? row.rowKey.map(PersonalNumber.masking) ?? "",
                    linkAmount: Figures.amount(row.amount))
            },
            advice: advice(group.reason, group.state, report, w),
            rerunHref: group.state == .refused && group.remedy != .settle && session.user.role == .maker
                ? group.reason.map { "\(path)/rerun\(Self.query(["reason": $0.code.rawValue]))" } : nil)
    }
}

private struct RerunPage {
    let href, name, shown, text, button: String
    let hasRows: Bool
    let payouts, sum, sumInWords, fromAccounts: String
    let accounts: [String]
    let moreAccounts: String?
    let rowCount: Int
    let tiyin: Int64
    let corrected: Corrected?
    let findings: [FindingsView]
    let acceptance: AcceptanceView
    let approvalNote: String?
    let confirm: ConfirmView

    struct Corrected {
        let lines: [String]
    }
}

extension Desk {
    /// Returns the corrections that are not sent yet. It drops those of rows that were settled or withdrawn since then,
    /// because these rows cannot be run again.
    private func drafts(of batch: BatchRecord, _ session: Session) throws -> [Int: CorrectionFile] {
        let refused = Set(try ledger.refused(in: batch.id).map(\.attempt.row))
        return session.change { state in
            let kept = (state.corrections[batch.reference] ?? [:]).filter { refused.contains($0.key) }
            state.corrections[batch.reference] = kept.isEmpty ? nil : kept
            return kept
        }
    }

    private func rerunPage(
        _ batch: BatchRecord, _ query: [String: String], _ session: Session, _ w: Wording
    ) throws -> RerunPage {
        let corrections = try drafts(of: batch, session)
        let choice = try RerunChoice(
            rows: query["rows"] ?? "", reason: query["reason"] ?? "", corrected: Set(corrections.keys))
        let plan = try RerunRows(operations).plan(
            batch.reference.name, correctedBy: Self.table(corrections), where: choice.contains)
        let acceptance = AcceptanceView(plan.warningCounts, nil, in: w)
        let shown = Session.ShownRerun(
            token: Token(random: random), rows: plan.rows, corrections: corrections,
            warnings: acceptance.ticks.map(\.tickName))
        session.change { $0.reruns[batch.reference] = shown }
        let statement = try ledger.statement(of: batch.id)
        let totals = TotalsView(plan.totals, accounts: statement.accounts, in: w)
        let waiting = statement.notSent.rows
        return RerunPage(
            href: Self.path(batch.reference), name: batch.reference.name, shown: shown.token.text,
            text: w("rerunText") + (waiting > 0 ? " " + w("rerunQueuedToo", count: waiting) : ""),
            button: w(
                "payButtonTotals", count: plan.totals.rows,
                ["button": w("rerunButton"), "sum": Figures.amount(plan.totals.sum)]),
            hasRows: !plan.rows.isEmpty, payouts: totals.payouts, sum: totals.sum, sumInWords: totals.sumInWords,
            fromAccounts: totals.fromAccounts, accounts: totals.accounts, moreAccounts: totals.moreAccounts,
            rowCount: plan.totals.rows,
            tiyin: plan.totals.sum.count,
            corrected: corrections.isEmpty
                ? nil
                : .init(
                    lines: corrections.sorted { $0.key < $1.key }.flatMap { row, table in
                        table.entries.map { w("answer.row", ["row": "\(row)"]) + " " + text(of: $0.correction, w) }
                    }),
            findings: FindingsView.all(of: plan.log, in: w) { Self.field($0.column, w) },
            acceptance: acceptance,
            approvalNote: try operations.approvalsNeeded(for: statement) > 0 && !corrections.isEmpty
                ? w("approvalVoided") : nil,
            confirm: try ConfirmView(of: session, on: self))
    }

    /// Describes a correction, with cards masked.
    private func text(of change: Correction, _ w: Wording) -> String {
        var parts: [String] = []
        if let card = change.card { parts.append("\(w("card")) \(card.masked)") }
        if change.expiry != nil { parts.append(w("newExpiryGiven")) }
        if let account = change.account { parts.append("\(w("senderAccount")) \(account.digits)") }
        if let bankCode = change.bankCode { parts.append("\(w("mfo")) \(bankCode.digits)") }
        if let amount = change.amount { parts.append("\(w("sumInSom")) \(Figures.amount(amount))") }
        return parts.joined(separator: ", ")
    }
}
