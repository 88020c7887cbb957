import Bookkeeping
import Foundation
import Hummingbird
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import ServiceLifecycle

/// One batch: how it stands, and what is to be done next.
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
                "batch", view.batch.reference.name, page, for: request, context, refreshes: view.standing == .running)
        }
        router.get("batches/:batch/progress") { request, context in
            let session = try context.signedIn()
            let batch = try self.batch(context)
            guard let seat = self.audience.admit(session) else { return Self.comeAgain }
            let token = request.cookies[self.sessionCookie]?.value ?? ""
            return self.progress(of: batch, for: session.user, context.wording, token: token, in: seat)
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
        router.post("batches/:batch/reconcile") { request, context in
            let session = try context.demand(.maker)
            _ = try await self.form(request, session)
            let batch = try self.batch(context)
            try self.record(.reconcile, by: session, context, batch: batch.reference)
            let who = session.user.who
            try await self.runs.begin(batch.reference, for: who, at: self.acts.time.now()) { [acts = self.acts] in
                try await acts.reconcile(batch.reference, for: who, attendance: $0)
            }
            return self.redirect(to: Self.path(batch.reference))
        }
        router.post("batches/:batch/stop") { request, context in
            let session = try context.signedIn()
            guard session.user.role != .viewer else { throw DeskRefusal.notAllowed(.maker) }
            _ = try await self.form(request, session)
            let batch = try self.batch(context)
            try self.record(.stop, by: session, context, batch: batch.reference)
            await self.runs.stop(batch.reference)
            session.change { $0.notice = Notice(kind: .done, text: context.wording("stopping")) }
            return self.redirect(to: Self.path(batch.reference))
        }
    }

    /// The batch that the address names.
    func batch(_ context: DeskContext) throws -> BatchRecord {
        guard let name = context.parameters.get("batch")?.removingPercentEncoding else { throw DeskRefusal.notFound }
        return try ledger.batch(named: name)
    }

    /// A batch as it stands, with who works on it.
    struct BatchView: Sendable {
        let batch: BatchRecord
        let statement: BatchStatement
        let standing: Standing
        /// Began at this desk.
        let run: Runs.Run?
        /// Whoever works on the ledger, here or elsewhere.
        let holder: String?
        /// Whether somebody is still to approve it.
        let lacksApproval: Bool

        /// Whether this person is to approve it, and so to know its totals from elsewhere.
        func hidesTotals(from user: User) -> Bool { lacksApproval && user.role == .checker }
    }

    func view(of batch: BatchRecord) async throws -> BatchView {
        let run = await runs.run(of: batch.reference)
        let holder = try RunnerLock.holder(ofLedgerAt: ledger.path)
        return try await offload { [ledger, acts] in
            let statement = try ledger.statement(of: batch.id)
            let isRunning = run != nil || holder != nil && statement[.sending].rows > 0
            let needsApproval = acts.needsApproval(batch)
            return BatchView(
                batch: batch, statement: statement,
                standing: Standing(of: statement, needsApproval: needsApproval, isRunning: isRunning), run: run,
                holder: holder, lacksApproval: statement.lacksApproval(needsApproval))
        }
    }

    /// Where it is not approved, the page of the batch says why, with what was typed.
    private func approve(
        _ batch: BatchRecord, _ form: Form, _ session: Session, _ context: DeskContext
    ) async throws {
        do {
            let stated = try Self.stated(form)
            try record(
                .approve, by: session, context, batch: batch.reference,
                detail: "\(stated.rows) rows, \(stated.sum.count) tiyin")
            let who = session.user.who
            try await offload { [acts] in
                let ledger = try acts.ledger(for: who)
                try ledger.approve(batch.id, as: stated)
                try ledger.close()
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
            $0.notice = Notice(kind: .done, text: context.wording("approved"))
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

    /// Why a person is refused, for the record; `nil` where it is nothing that she did.
    private static func refusedApproval(_ error: any Error) -> String? {
        switch error {
        case DeskRefusal.sumNotRead: "what was typed cannot be read"
        case LedgerError.otherTotals: "the batch has other totals"
        case LedgerError.approverIsMaker: "the same person made or corrected the batch"
        default: nil
        }
    }

    private func pay(_ batch: BatchRecord, _ form: Form, _ session: Session, _ context: DeskContext) async throws {
        let (confirmed, warnings) = try Self.confirmation(form)
        try record(
            .pay, by: session, context, batch: batch.reference,
            detail: "\(confirmed.rows) rows, \(confirmed.sum.count) tiyin")
        let who = session.user.who
        try await runs.begin(batch.reference, for: who, at: acts.time.now()) { [acts] in
            try await acts.pay(
                batch.reference, confirmed: confirmed, warnings: warnings, for: who, attendance: $0)
        }
    }

    /// What the person was shown when she agreed.
    static func confirmation(_ form: Form) throws -> (ControlTotals, warnings: Int) {
        guard let rows = Int(form["rows"]), let tiyin = Int64(form["tiyin"]), let warnings = Int(form["warnings"]),
            warnings == 0 || form["accept"] == "yes"
        else { throw DeskRefusal.malformed }
        return (ControlTotals(rows: rows, sum: Tiyin(tiyin)), warnings)
    }

    /// How the batch stands, told again whenever it has changed, for as long as a run is on. All of it is read from the ledger,
    /// so it makes no difference whose run it is, nor when the page was opened.
    private func progress(
        of batch: BatchRecord, for user: User, _ w: Wording, token: String, in seat: Audience.Seat
    ) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { [self] writer in
                defer { seat.leave() }
                var last = ""
                var pace = Pace()
                while true {
                    let view = try await view(of: batch)
                    pace.take(view.statement, at: acts.time.uptime())
                    // Who is to approve says the totals from a source of her own.
                    let html =
                        try view.hidesTotals(from: user)
                        ? last
                        : pages.render(
                            Live(
                                w: w.texts,
                                proof: ProofShown(
                                    view.statement, isRunning: view.standing == .running, left: pace.left, in: w,
                                    reportWords: words(w.language))), with: "live")
                    // Where nothing has changed, a comment shows whether the browser is still there.
                    try await writer.write(
                        html == last ? ByteBuffer(string: ": \n\n") : Self.event("proof", html))
                    last = html
                    if view.standing != .running {
                        try await writer.write(Self.event("ended", ""))
                        break
                    }
                    // The run goes on: the browser asks again, and once there is a desk it is told what became of it.
                    guard !Task.isShuttingDownGracefully, try session(token, isLook: true) != nil else { break }
                    try await acts.time.sleep(.milliseconds(500))
                }
                try await writer.finish(nil)
            })
    }

    /// The page reloads itself then.
    private static let comeAgain = Response(status: .tooManyRequests, headers: [.retryAfter: "5"])

    private struct Live {
        let w: [String: String]
        let proof: ProofShown
    }

    private static func event(_ name: String, _ data: String) -> ByteBuffer {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined()
        return ByteBuffer(string: "event: \(name)\n\(lines)\n")
    }
}
