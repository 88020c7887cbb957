import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PayoutFiles
import Payouts
import Reports

/// The rows of a batch, and the page of each row with its history.
extension Desk {
    func addRows(to router: Router<DeskContext>) {
        router.get("batches/:batch/rows") { request, context in
            let session = try context.signedIn()
            // A full card number must not stay in the address.
            guard request.isShownAsAsked else { return self.redirect(to: request.place.address()) }
            let batch = try self.batch(context)
            let approves = try await self.view(of: batch).hidesTotals(from: session.user)
            let (query, w, who) = (request.query, context.wording, session.user.who)
            let page = try await self.offload { try self.rowsPage(batch, query, w, for: who, approves: approves) }
            return self.page("rows", batch.reference.name, page, for: request, context)
        }
        router.get("batches/:batch/rows/:row") { request, context in
            let session = try context.signedIn()
            return try await self.rowPage(session, request, context)
        }
        router.post("batches/:batch/rows/:row/correction") { request, context in
            let session = try context.demand(.maker)
            let form = try await self.form(request, session)
            return try await self.correct(form, session, request, context)
        }
        router.post("batches/:batch/rows/:row/resolve") { request, context in
            let session = try self.judge(context)
            let form = try await self.form(request, session)
            return try await self.give(form, session, request, context) {
                guard let outcome = RowVerdict.Outcome(rawValue: form["decision"]), outcome != .withdrawn,
                    let evidence = RowVerdict.Evidence(rawValue: form["evidence"])
                else { throw DeskRefusal.malformed }
                return RowVerdict(outcome, evidence: evidence, note: try Self.note(form))
            }
        }
        router.post("batches/:batch/rows/:row/withdraw") { request, context in
            let session = try self.judge(context)
            let form = try await self.form(request, session)
            return try await self.give(form, session, request, context) {
                RowVerdict(.withdrawn, note: try Self.note(form))
            }
        }
    }

    private func rowNumber(_ context: DeskContext) throws -> Int {
        guard let row = context.parameters.get("row", as: Int.self) else { throw DeskRefusal.notFound }
        return row
    }

    private func rowPath(_ context: DeskContext) throws -> String {
        try "\(Self.path(batch(context).reference))/rows/\(rowNumber(context))"
    }

    /// Stores a typed correction of a row until the person has seen and confirmed the rerun. The desk never shows it
    /// again.
    private func correct(
        _ form: Form, _ session: Session, _ request: Request, _ context: DeskContext
    ) async throws -> Response {
        let (batch, row) = (try batch(context), try rowNumber(context))
        let typed: [Column: String] = [
            .pan: form["pan"], .exp: form["exp"].replacingOccurrences(of: "/", with: ""), .account: form["account"],
            .mfo: form["mfo"], .amountUZS: form["amount"],
        ].filter { !$0.value.trimmingCharacters(in: .whitespaces).isEmpty }
        guard !typed.isEmpty else { throw DeskRefusal.nothingCorrected }
        let table = CorrectionFile.typed(typed, forRow: row, options: self.operations.fileOptions)
        guard table.log.errorCount == 0 else {
            return try await rowPage(session, request, context, findings: table.log, status: .unprocessableContent)
        }
        try record(
            .correct, by: session, context, batch: batch.reference, row: row,
            detail: typed.keys.map(\.rawValue).sorted().joined(separator: ", "))
        session.change { $0.corrections[batch.reference, default: [:]][row] = table }
        return redirect(to: Self.path(batch.reference) + "/rerun")
    }
}

/// One page of a batch's rows.
private struct RowsPage {
    let href, name: String
    let tabs: [Tab]
    let searched: String
    let byCard: ByCard?
    let states: [Choice]
    let reasonCode, reasonText: String?
    let isFiltered, hasRows: Bool
    let rows: [Line]
    let pages: Paging.Links?

    /// Set when the user typed more of the card number than the search uses (the last four digits).
    struct ByCard {
        let byLastFour: String
    }

    struct Choice {
        let code, name: String
        let isChosen: Bool
    }

    struct Line {
        let rowHref, recipient, card, amount, state, kind, why: String
        let number: Int
    }
}

extension Desk {
    private func rowsPage(
        _ batch: BatchRecord, _ query: [String: String], _ w: Wording, for who: String, approves: Bool
    ) throws -> RowsPage {
        let chosen = query["state"].flatMap(PayoutState.init)
        let asked = query["q"] ?? ""
        let end = asked.firstMatch(of: /\*{4,}(\d{4})/).map { String($0.1) }
        var filter = RowFilter(text: end ?? asked)
        // A row in flight counts as unknown until its answer arrives.
        if let chosen { filter.states = chosen == .unknown ? [.unknown, .sending] : [chosen] }
        filter.reason = query["reason"].flatMap { $0.isEmpty ? nil : ReasonCode(rawValue: $0) }
        let report = operations.acting(as: who).report(in: w.language)
        let path = Self.path(batch.reference)
        return try ledger.report(on: batch.id) { snapshot in
            let paging = Paging(query["page"], total: try snapshot.count(of: filter), isCounted: !approves)
            let rows = try snapshot.rows(filter, limit: Paging.size, offset: paging.offset)
            let states: [PayoutState] = [.paid, .refused, .unknown, .review, .queued, .withdrawn]
            return RowsPage(
                href: path, name: batch.reference.name,
                tabs: Tab.all(.rows, of: snapshot.statement, in: w, approves: approves),
                searched: filter.text, byCard: end.map { .init(byLastFour: w("byLastFour", ["digits": $0])) },
                states: [.init(code: "", name: w("allStates"), isChosen: chosen == nil)]
                    + states.map {
                        .init(
                            code: $0.rawValue, name: words(w.language).state($0).firstUppercased, isChosen: $0 == chosen
                        )
                    },
                reasonCode: filter.reason?.rawValue,
                reasonText: filter.reason.map { w("onlyReason", ["reason": report.text(of: Reason($0))]) },
                isFiltered: filter != RowFilter(), hasRows: !rows.isEmpty,
                rows: rows.map { row in
                    .init(
                        rowHref: "\(path)/rows/\(row.row)",
                        recipient: row.name ?? row.rowKey.map(PersonalNumber.masking) ?? "",
                        card: row.maskedCard, amount: Figures.amount(row.amount),
                        state: words(w.language).state(row.state), kind: row.state.rawValue,
                        why: row.reason.map(report.text(of:)) ?? "", number: row.row)
                },
                pages: paging.links(
                    path + "/rows", query: query.filter { $0.key != "lang" }, in: w, isCounted: !approves))
        }
    }
}
