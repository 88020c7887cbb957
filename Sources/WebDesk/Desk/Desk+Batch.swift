import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import ServiceLifecycle

/// The routes of one batch: its page, its progress, and the actions on it.
extension Desk {
    func addBatch(to router: Router<DeskContext>) {
        router.get("batches/:batch") { request, context in
            let session = try context.signedIn()
            let view = try await self.view(of: try self.batch(context))
            let remark = await self.runs.remark(on: view.batch.reference)
            let page = try await self.offload {
                try self.batchPage(view, remark: remark, session, context.wording)
            }
            return self.page(
                "batch", view.batch.reference.name, page, for: request, context, refreshes: view.stage == .running)
        }
        router.get("batches/:batch/progress") { request, context in
            let session = try context.signedIn()
            let batch = try self.batch(context)
            guard let permit = self.streams.permit(for: session.user.name) else { return Self.retryLater }
            let token = request.cookies[self.sessionCookie]?.value ?? ""
            return self.progress(of: batch, for: session.user, context.wording, token: token, under: permit)
        }
        router.post("batches/:batch/approve") { request, context in
            let session = try context.demand(.checker)
            let form = try await self.form(request, session)
            let batch = try self.batch(context)
            try await self.approve(batch, form, session, context)
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/pay") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            let batch = try self.batch(context)
            try await self.pay(batch, form, session, context)
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/reject") { request, context in
            let session = try context.demand(.checker)
            let form = try await self.form(request, session)
            let batch = try self.batch(context)
            try await self.settle(batch, .reject, "rejected", form, session, context) { operations, batch, note in
                try RejectBatch(operations).run(batch, note: note)
            }
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/cancel") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            let batch = try self.batch(context)
            try await self.settle(batch, .cancel, "cancelled", form, session, context) { operations, batch, note in
                try CancelBatch(operations).run(batch, note: note)
            }
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/reconcile") { request, context in
            let session = try context.demand(.maker)
            _ = try await self.form(request, session)
            let batch = try self.batch(context)
            try self.record(.reconcile, by: session, context, batch: batch.reference)
            let who = session.user.who
            let operations = self.operations.acting(as: who)
            try await self.runs.begin(batch.reference, for: who, at: operations.time.now()) { stop, observe in
                try await ReconcileBatch(operations.observed(by: observe), stop: stop).run(batch.reference.name).outcome
            }
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/stop") { request, context in
            let session = try context.signedIn()
            guard session.user.role != .viewer else { throw DeskRefusal.notAllowed(.maker) }
            _ = try await self.form(request, session)
            let batch = try self.batch(context)
            if await self.runs.stop(batch.reference) {
                // A stop must work on a full disk, so it needs no line.
                try self.record(.stop, by: session, context, batch: batch.reference)
                session.change { $0.notice = Notice(kind: .done, text: context.wording("stopping")) }
            }
            return self.redirect(to: Self.path(batch.reference))
        }
    }

    /// Returns the batch that the address names.
    func batch(_ context: DeskContext) throws -> BatchRecord {
        guard let name = context.parameters.get("batch")?.removingPercentEncoding else { throw DeskRefusal.notFound }
        return try ledger.batch(named: name)
    }

    /// The current state of a batch, and the run that works on it.
    struct BatchView: Sendable {
        let batch: BatchRecord
        let statement: BatchStatement
        let stage: BatchStage
        /// The run of this desk, if one is active.
        let run: Runs.Run?
        /// The number of people who must approve the batch before it is sent.
        let approvalsNeeded: Int

        /// Returns whether this user approves the batch, and so must not see its totals.
        func hidesTotals(from user: User) -> Bool {
            statement.lacksApproval(approvalsNeeded) && user.role == .checker
        }

        /// Whether nothing of the batch was sent or withdrawn, so that it can be cancelled as a whole.
        var isUntouched: Bool { statement.notSent.rows == statement.file.rows && !batch.asksFirst }
    }

    func view(of batch: BatchRecord) async throws -> BatchView {
        let run = await runs.run(of: batch.reference)
        let holder = try RunnerLock.holder(ofLedgerAt: ledger.path)
        return try await offload { [ledger, operations] in
            let statement = try ledger.statement(of: batch.id)
            let isRunning = run != nil || holder != nil && statement[.sending].rows > 0
            let approvalsNeeded = try operations.approvalsNeeded(for: statement)
            return BatchView(
                batch: batch, statement: statement,
                stage: BatchStage(of: statement, approvalsNeeded: approvalsNeeded, isRunning: isRunning), run: run,
                approvalsNeeded: approvalsNeeded)
        }
    }

    /// Performs an action of a person on a whole batch, with a note.
    private func settle(
        _ batch: BatchRecord, _ act: AuditLog.Act, _ notice: String, _ form: Form, _ session: Session,
        _ context: DeskContext, _ change: @escaping @Sendable (OperationContext, String, String) throws -> Void
    ) async throws {
        let note = form["note"].trimmingCharacters(in: .whitespacesAndNewlines)
        guard !note.isEmpty else { throw DeskRefusal.noteMissing }
        let operations = self.operations.acting(as: session.user.who)
        try record(act, by: session, context, batch: batch.reference)
        try await offload { try change(operations, batch.reference.name, String(note.prefix(300))) }
        session.change { $0.notice = Notice(kind: .done, text: context.wording(notice)) }
    }

    /// Approves a batch. If the approval is refused, stores the typed values and the reason for the page of the batch.
    private func approve(
        _ batch: BatchRecord, _ form: Form, _ session: Session, _ context: DeskContext
    ) async throws {
        guard try await offload({ try self.confirmsCorrections(form, of: batch, by: session.user.who) }) else {
            try record(
                .approve, by: session, context, batch: batch.reference, outcome: "refused: a correction has no tick")
            throw DeskRefusal.malformed
        }
        let needsMore: Bool
        do {
            let stated = try Self.stated(form)
            try record(
                .approve, by: session, context, batch: batch.reference,
                detail: "\(stated.rows) rows, \(stated.sum.count) tiyin")
            let operations = self.operations.acting(as: session.user.who)
            let confirm = confirmation(form["code"], of: session)
            let known = Int(form["corrections"]) ?? 0
            needsMore = try await offload {
                do {
                    let statement = try ApproveBatch(operations).run(
                        batch.reference.name, as: stated, knowing: known, confirm: confirm)
                    return statement.lacksApproval(try operations.approvalsNeeded(for: statement))
                } catch OperationError.unexpected(let error as DeskRefusal) {
                    throw error
                }
            }
        } catch {
            let outcome = Self.refusedApproval(error)
            try record(
                .approve, by: session, context, batch: batch.reference, outcome: "refused: \(outcome ?? "\(error)")")
            guard outcome != nil else { throw error }
            let typed = Session.RefusedApproval(
                rows: maskingTrueCardNumbers(in: String(form["rows"].prefix(40))),
                sum: maskingTrueCardNumbers(in: String(form["sum"].prefix(40))), error: error)
            session.change { $0.approvals[batch.reference] = typed }
            return
        }
        try record(.approve, by: session, context, batch: batch.reference, outcome: "approved")
        await runs.forgetRemark(on: batch.reference)
        session.change {
            $0.approvals[batch.reference] = nil
            $0.notice = Notice(kind: .done, text: context.wording(needsMore ? "approvalRecorded" : "approved"))
        }
    }

    private static func stated(_ form: Form) throws -> ControlTotals {
        guard let rows = Int(form["rows"].filter { !$0.isWhitespace }) else { throw DeskRefusal.sumNotRead }
        do {
            return ControlTotals(rows: rows, sum: try StatedSum(form["sum"] + " UZS").tiyin)
        } catch {
            throw DeskRefusal.sumNotRead
        }
    }

    /// Returns the reason of a refused approval for the audit log. Returns `nil` if the person did not cause the error.
    private static func refusedApproval(_ error: any Error) -> String? {
        switch error {
        case DeskRefusal.sumNotRead: "what was typed cannot be read"
        case OperationError.ledger(.otherTotals): "the batch has other totals"
        case OperationError.ledger(.correctionsNotKnown): "the batch was corrected meanwhile"
        case DeskRefusal.wrongCode: "the code is wrong or was used"
        case OperationError.ledger(.wasRejected): "the batch was rejected"
        case OperationError.ledger(.alreadyApproved): "the person has approved the batch already"
        case OperationError.ledger(.approverIsMaker): "the same person made or corrected the batch"
        default: nil
        }
    }

    private func pay(_ batch: BatchRecord, _ form: Form, _ session: Session, _ context: DeskContext) async throws {
        let (confirmed, warnings) = try Self.confirmation(form)
        let w = context.wording
        let acceptance = try await offload { try self.acceptance(of: batch, in: w) }
        guard warnings != acceptance.warningCount || acceptance.isGiven(in: form) else { throw DeskRefusal.malformed }
        // A second click changes nothing, and needs no second code.
        guard await runs.run(of: batch.reference) == nil else { return }
        let confirm = confirmation(form["code"], of: session)
        let confirmation = try await offload { try confirm() }
        try record(
            .pay, by: session, context, batch: batch.reference,
            detail: "\(confirmed.rows) rows, \(confirmed.sum.count) tiyin")
        let operations = self.operations.acting(as: session.user.who)
        let consent = Consent.confirmed(confirmed, warnings: warnings)
        var options = PayBatch.Options()
        options.confirmation = confirmation
        try await runs.begin(
            batch.reference, for: session.user.who, at: operations.time.now()
        ) { [options] stop, observe in
            try await PayBatch(operations.observed(by: observe), consent: consent, options: options, stop: stop).run(
                batch.reference
            ).outcome
        }
    }

    /// Returns the totals and the number of warnings that the person confirmed.
    static func confirmation(_ form: Form) throws -> (ControlTotals, warnings: Int) {
        guard let rows = Int(form["rows"]), let tiyin = Int64(form["tiyin"]), let warnings = Int(form["warnings"])
        else {
            throw DeskRefusal.malformed
        }
        return (ControlTotals(rows: rows, sum: Tiyin(tiyin)), warnings)
    }

    /// Sends the state of the batch as server-sent events, at each change, while a run is active. It reads everything
    /// from the ledger. So it works for runs of any process, and whenever the page was opened.
    private func progress(
        of batch: BatchRecord, for user: User, _ w: Wording, token: String, under permit: StreamPermit
    ) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { [self] writer in
                defer { permit.release() }
                var last = ""
                var remaining = RemainingTime()
                while true {
                    let view = try await view(of: batch)
                    remaining.take(view.statement, at: operations.time.uptime())
                    // An approver must take the totals from their own source.
                    let html =
                        try view.hidesTotals(from: user)
                        ? last
                        : pages.render(
                            Live(
                                w: w.texts,
                                proof: ProofView(
                                    view.statement, isRunning: view.stage == .running, left: remaining.left, in: w,
                                    reportWords: words(w.language))), with: "live")
                    // If nothing changed, send a comment: the write fails when the browser is gone.
                    try await writer.write(
                        html == last ? ByteBuffer(string: ": \n\n") : Self.event("proof", html))
                    last = html
                    if view.stage != .running {
                        try await writer.write(Self.event("ended", ""))
                        break
                    }
                    // At shutdown or sign-out, end the stream without `ended`: the run continues, and the browser
                    // reconnects.
                    guard !Task.isShuttingDownGracefully, try session(token, isPolling: true) != nil else { break }
                    try await operations.time.sleep(.milliseconds(500))
                }
                try await writer.finish(nil)
            })
    }

    /// The answer when a stream limit is reached. The page then reloads itself after this number of seconds.
    private static let retryLater = Response(status: .tooManyRequests, headers: [.retryAfter: "5"])

    private struct Live {
        let w: [String: String]
        let proof: ProofView
    }

    private static func event(_ name: String, _ data: String) -> ByteBuffer {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        return ByteBuffer(string: "event: \(name)\n\(lines)\n")
    }
}
