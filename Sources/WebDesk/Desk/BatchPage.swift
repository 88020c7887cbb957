import Bookkeeping
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Reports

/// The page of a batch.
struct BatchPage {
    let href, name, kind, stage: String
    let bank: BankView?
    let tabs: [Tab]
    let steps: [Step]
    let remarks: [Remark]
    let isRunning: Bool
    let totals: TotalsView?
    /// The comparison with last time. `nil` after the first send.
    let comparison: ComparisonView?
    let approve: Approve?
    let waits: Waits?
    let pay: Pay?
    let settle: Settle?
    let confirm: ConfirmView
    let ask: Ask?
    let running: Running?
    let proof: ProofView?
    let toReview: ToReview?
    let downloads: Bool
    let facts: [Fact]
    let events: [EventView]

    struct Step {
        let text, kind: String
        let isCurrent: Bool
    }

    struct Remark {
        let text: String
        let lines: [String]
    }

    struct Waits {
        let title, text: String
    }

    /// The form for an approval.
    struct Approve {
        /// The number of corrections in the batch. The form sends it back, so that no unseen one is approved.
        let knownCorrections: Int
        let typedRows, typedSum: String
        /// The reason why the last try was refused.
        let refused: Refused?
        let meant: Meant?
        let changed: Changed?
        /// Who made the batch and when, the accounts that pay, and the accepted warnings.
        let made: [Fact]

        struct Refused {
            let whyRefused: String
        }

        /// The totals that the form asks for, if this is not obvious.
        struct Meant {
            let whichTotals: String
        }

        struct Changed {
            let changes: [Change]
            let moreChanges: [String]
        }

        struct Change {
            let changeTick, changeHref, changeRow, changeName, changeText, changeWho, changeTime: String
        }
    }

    struct Pay {
        let title, text, button: String
        let rows: Int
        let tiyin: Int64
        let acceptance: AcceptanceView
    }

    /// The form that rejects or cancels a batch, with a reason.
    struct Settle {
        let title, text, action, button: String
    }

    struct Ask {
        let title: String
    }

    struct Running {
        let text: String
        let mayStop: Bool
    }

    struct ToReview {
        let text: String
    }
}

struct Fact {
    let name, value: String
}

struct Tab {
    let tabHref, text: String
    let isCurrent: Bool
    let badge: String?

    enum Kind { case overview, rows, review }

    /// Returns the tabs of a batch.
    ///
    /// - Parameter approves: whether the viewer is an approver, who must not see the totals.
    static func all(
        _ current: Kind, of statement: BatchStatement, in w: Wording, approves: Bool
    ) -> [Tab] {
        let path = Desk.path(statement.reference)
        let waiting = Self.waiting(in: statement)
        return [
            Tab(tabHref: path, text: w("overview"), isCurrent: current == .overview, badge: nil),
            Tab(
                tabHref: path + "/rows", text: w("rows"), isCurrent: current == .rows,
                badge: approves ? nil : Figures.number(statement.file.rows)),
            Tab(
                tabHref: path + "/review", text: w("review"), isCurrent: current == .review,
                badge: waiting > 0 ? Figures.number(waiting) : nil),
        ]
    }

    /// Returns the number of rows that wait for a person.
    static func waiting(in statement: BatchStatement) -> Int {
        [.refused, .unknown, .review].reduce(0) { $0 + statement[$1].rows }
    }
}

extension Desk {
    func batchPage(
        _ view: BatchView, remark: Runs.Remark?, _ session: Session, _ w: Wording
    ) throws -> BatchPage {
        let (statement, role) = (view.statement, session.user.role)
        let shown = BatchStageView(view.stage, of: statement, in: w)
        let toSend = try operations.toSend(notSent: statement.notSent, unknown: statement.unknown)
        let isSettling = statement.bank != nil || statement.notSent.rows < statement.file.rows
        let waiting = Tab.waiting(in: statement)
        let approves = view.hidesTotals(from: session.user)
        let who = session.user.who
        let (events, corrections) = try ledger.report(on: view.batch.id) { batch in
            let corrected = approves ? try batch.correctionsToApprove(by: who) : []
            let named = try corrected.prefix(Self.shownCorrections).map { event in
                NamedCorrection(event: event, name: try event.row.flatMap { try batch.row($0).name })
            }
            return (
                try batch.history(manualActions: Self.shownActions),
                CorrectionsToApprove(
                    shown: named, count: corrected.count, known: try batch.correctionCount)
            )
        }
        let path = Self.path(statement.reference)
        let compared = try comparison(view)
        let report = operations.acting(as: session.user.who).report(in: w.language)
        return BatchPage(
            href: Self.path(statement.reference), name: statement.reference.name, kind: shown.kind,
            stage: shown.text, bank: BankView(of: statement, words(w.language)),
            tabs: Tab.all(.overview, of: statement, in: w, approves: approves),
            steps: steps(view, w),
            remarks: remark.map { [remarkView($0, w)] } ?? [], isRunning: view.stage == .running,
            // An approver must take the totals from their own source.
            totals: view.stage == .sent || view.stage == .running || approves
                ? nil : TotalsView(toSend, accounts: statement.accounts, in: w),
            comparison: compared.map {
                ComparisonView($0, in: w, timeZone: operations.timeZone, hidesTotals: approves)
            },
            approve: approves && view.stage == .waitsForApproval && !hasApproved(view, session)
                ? approve(view, corrections, report, session, w) : nil,
            waits: waits(view, session, w),
            pay: role == .maker ? try pay(view, toSend, compared, w) : nil, settle: settle(view, role, w),
            confirm: try ConfirmView(of: session, on: self),
            ask: role == .maker && view.stage == .sent && statement[.unknown].rows > 0
                ? .init(title: w("askTitle", count: statement[.unknown].rows)) : nil,
            running: view.stage == .running ? running(view, role, w) : nil,
            proof: isSettling && !approves
                ? try ProofView(
                    statement, isRunning: view.stage == .running, in: w, reportWords: words(w.language)) : nil,
            toReview: waiting > 0
                ? .init(text: w(role == .maker ? "toReview" : "toReviewByOthers", count: waiting)) : nil,
            downloads: isSettling && !approves, facts: facts(view, w),
            events: events.map {
                EventView($0, in: self, w, report: report, path: path, hidesSums: approves)
            })
    }

    /// Returns what changed since last time, until something is sent.
    private func comparison(_ view: BatchView) throws -> Comparison? {
        guard [.waitsForApproval, .ready].contains(view.stage) else { return nil }
        return try CompareBatch(operations).run(view.batch, in: ledger)
    }

    /// Returns the ticks for the warnings of a batch that nobody has accepted yet.
    func acceptance(of batch: BatchRecord, _ comparison: Comparison?, in w: Wording) throws -> AcceptanceView {
        AcceptanceView(try ledger.unacceptedWarnings(of: batch), comparison, in: w)
    }

    /// Returns the ticks that the form for the payment of a batch must have.
    func acceptance(of batch: BatchRecord, in w: Wording) throws -> AcceptanceView {
        let hasCards = try ledger.unacceptedWarnings(of: batch)[.changedCard] != nil
        return try acceptance(of: batch, hasCards ? CompareBatch(operations).run(batch, in: ledger) : nil, in: w)
    }

    /// The number of manual actions in the history of a batch. The page of a row shows all actions on that row.
    private static let shownActions = 200
    private static let shownCorrections = 500

    /// A corrected row with the person's name.
    private struct NamedCorrection {
        let event: RecordedEvent
        let name: String?
    }

    /// The corrections that an approver confirms one by one. The form does not show all of very many.
    private struct CorrectionsToApprove {
        let shown: [NamedCorrection]
        let count: Int
        /// The number of all corrections in the batch.
        let known: Int
    }

    /// The name of the tick that confirms a correction.
    private static func tick(of correction: RecordedEvent) -> String { "correction-\(correction.number)" }

    /// Whether the form has a tick for each correction that its page shows. A form from before the latest correction is
    /// refused for that, so its ticks do not matter.
    func confirmsCorrections(_ form: Form, of batch: BatchRecord, by who: String) throws -> Bool {
        let (corrections, count) = try ledger.report(on: batch.id) {
            (try $0.correctionsToApprove(by: who), try $0.correctionCount)
        }
        if let known = Int(form["corrections"]), known != count { return true }
        return corrections.prefix(Self.shownCorrections).allSatisfy { form[Self.tick(of: $0)] == "yes" }
    }

    private func approve(
        _ view: BatchView, _ corrections: CorrectionsToApprove, _ report: Report, _ session: Session, _ w: Wording
    ) -> BatchPage.Approve {
        let path = Self.path(view.batch.reference)
        let typed = session.change { $0.approvals[view.batch.reference] }
        let more = corrections.count - corrections.shown.count
        let hasBegun = view.statement.notSent.rows < view.statement.file.rows
        return .init(
            knownCorrections: corrections.known, typedRows: typed?.rows ?? "", typedSum: typed?.sum ?? "",
            refused: typed.map { .init(whyRefused: PageError(of: $0.error, in: w, figures: figures).text) },
            meant: hasBegun || view.statement.corrections.rows > 0 ? .init(whichTotals: w("approveMeant")) : nil,
            changed: corrections.shown.isEmpty
                ? nil
                : .init(
                    changes: corrections.shown.map { correction in
                        let event = correction.event
                        let changes = if case .corrected(let changes) = event.why { changes } else { RowChanges() }
                        return .init(
                            changeTick: Self.tick(of: event), changeHref: "\(path)/rows/\(event.row ?? 0)",
                            changeRow: w("rowTitle", ["row": "\(event.row ?? 0)"]),
                            changeName: correction.name.map { ", \($0)" } ?? "",
                            changeText: report.text(of: changes, hidesSums: true),
                            changeWho: Self.person(event.who), changeTime: figures.dateTime(event.at))
                    }, moreChanges: more > 0 ? [w("excerptMore", count: more)] : []),
            made: made(view, w))
    }

    /// Returns who made a batch and when, the accounts that pay, and the warnings with who accepted them.
    private func made(_ view: BatchView, _ w: Wording) -> [Fact] {
        let statement = view.statement
        var facts = [
            Fact(
                name: w("senderAccount"), value: statement.accounts.map(\.digits).joined(separator: ", ")),
            Fact(
                name: w("imported"),
                value: "\(figures.dateTime(statement.importedAt)), \(Self.person(statement.importedBy))"),
        ]
        if let warnings = warnings(of: statement, w) { facts.append(warnings) }
        return facts
    }

    private func warnings(of statement: BatchStatement, _ w: Wording) -> Fact? {
        guard !statement.warnings.isEmpty else { return nil }
        let kinds = w.kinds(of: statement.warnings).joined(separator: "; ")
        let by = statement.warningsAcceptedBy.map { w("fact.acceptedBy", ["who": Self.person($0)]) } ?? ""
        return Fact(name: w("fact.warnings"), value: kinds + by)
    }

    /// Returns the steps of a batch and marks the current one.
    private func steps(_ view: BatchView, _ w: Wording) -> [BatchPage.Step] {
        let needsApproval = view.approvalsNeeded > 0 || view.statement.isRejected
        let names = ["step.checked"] + (needsApproval ? ["step.approved"] : []) + ["step.paid", "step.closed"]
        let done =
            switch view.stage {
            case .waitsForApproval, .rejected: 1
            case .ready, .running, .interrupted, .paused, .hasMore: needsApproval ? 2 : 1
            case .sent: Tab.waiting(in: view.statement) > 0 ? names.count - 1 : names.count
            }
        return names.enumerated().map { number, name in
            .init(
                text: w(name), kind: number < done ? "done" : number == done ? "current" : "ahead",
                isCurrent: number == done)
        }
    }

    private func hasApproved(_ view: BatchView, _ session: Session) -> Bool {
        view.statement.approvers.contains { Self.person($0) == session.user.name.text }
    }

    private func waits(_ view: BatchView, _ session: Session, _ w: Wording) -> BatchPage.Waits? {
        switch view.stage {
        case .rejected:
            guard case .rejected(let who, let note) = view.statement.approval else { return nil }
            return .init(
                title: w("rejectedTitle"), text: w("rejectedText", ["who": Self.person(who), "note": note]))
        case .waitsForApproval:
            let approvers = view.statement.approvers.map(Self.person).joined(separator: ", ")
            if !approvers.isEmpty, session.user.role != .checker || hasApproved(view, session) {
                return .init(title: w("waitsTitle"), text: w("waitsForOneMore", ["who": approvers]))
            }
            return session.user.role == .checker ? nil : .init(title: w("waitsTitle"), text: w("waitsText"))
        default: return nil
        }
    }

    private func settle(_ view: BatchView, _ role: Role, _ w: Wording) -> BatchPage.Settle? {
        switch (role, view.stage) {
        case (.checker, .waitsForApproval), (.checker, .ready):
            .init(title: w("rejectTitle"), text: w("rejectText"), action: "reject", button: w("reject"))
        case (.maker, .waitsForApproval), (.maker, .ready), (.maker, .rejected), (.maker, .paused):
            view.isUntouched
                ? .init(title: w("cancelTitle"), text: w("cancelText"), action: "cancel", button: w("cancelBatch"))
                : nil
        default: nil
        }
    }

    private func pay(
        _ view: BatchView, _ toSend: ControlTotals, _ comparison: Comparison?, _ w: Wording
    ) throws -> BatchPage.Pay? {
        let (title, text, button): (String, String, String)
        switch view.stage {
        case .ready: (title, text, button) = (w("payTitle"), w("payText"), w("payButton"))
        case .interrupted:
            (title, text, button) = (w("interruptedTitle"), w("interruptedText"), w("goOn"))
        case .paused(let reason):
            let said = operations.report(in: w.language).text(of: reason)
            (title, text, button) = (w("pausedTitle"), w("pausedText", ["reason": said]), w("goOn"))
        case .hasMore: (title, text, button) = (w("hasMoreTitle"), w("hasMoreText"), w("goOn"))
        case .waitsForApproval, .rejected, .running, .sent: return nil
        }
        return .init(
            title: title, text: text,
            button: w("payButtonTotals", count: toSend.rows, ["button": button, "sum": Figures.amount(toSend.sum)]),
            rows: toSend.rows, tiyin: toSend.sum.count, acceptance: try acceptance(of: view.batch, comparison, in: w))
    }

    private func running(_ view: BatchView, _ role: Role, _ w: Wording) -> BatchPage.Running {
        guard let run = view.run else {
            return .init(text: w("runningElsewhere"), mayStop: false)
        }
        return .init(
            text: w("runningSince", ["who": Self.person(run.who), "at": figures.dateTime(run.startedAt)]),
            mayStop: role != .viewer)
    }

    private func remarkView(_ remark: Runs.Remark, _ w: Wording) -> BatchPage.Remark {
        switch remark {
        case .bankUnreachable: .init(text: w("bankUnreachable"), lines: [])
        case .failed(let error): .init(text: PageError(of: error, in: w, figures: figures).text, lines: [])
        case .notSent(let answers):
            .init(
                text: w("rerunNotSent", count: answers.count),
                lines: answers.sorted { $0.key < $1.key }.prefix(20).map { row, answer in
                    w("answer.row", ["row": "\(row)"]) + " " + text(of: answer, w)
                })
        }
    }

    private func text(of answer: Rerun.Answer, _ w: Wording) -> String {
        switch answer {
        case .queued: ""
        case .takenBack(let state): w("answer.takenBack", ["state": words(w.language).state(state)])
        case .tooEarly(let until): w("answer.tooEarly", ["until": figures.dateTime(until)])
        case .notAsked: w("answer.notAsked")
        case .mustStayAsItIs: w("answer.mustStayAsItIs")
        case .hasChanged: w("answer.hasChanged")
        }
    }

    private func facts(_ view: BatchView, _ w: Wording) -> [Fact] {
        let statement = view.statement
        var facts = [
            Fact(name: w("fact.file"), value: statement.fileName),
            Fact(name: w("fact.digest"), value: statement.digest.hex),
            Fact(
                name: w("imported"),
                value: "\(figures.dateTime(statement.importedAt)), \(Self.person(statement.importedBy))"),
            Fact(name: w("bank"), value: words(w.language).nameOfBank(statement.bank)),
        ]
        if !statement.approvers.isEmpty {
            facts.append(
                Fact(
                    name: w("fact.approved"), value: statement.approvers.map(Self.person).joined(separator: ", ")))
        }
        return facts + [warnings(of: statement, w)].compactMap(\.self)
    }
}
