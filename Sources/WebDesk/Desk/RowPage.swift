import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// The page of one row: its attempts, its events, and the possible actions.
struct RowPage {
    let href, rowHref, name, title, state, kind, amount, amountInWords, card, account, bankCode: String
    let number: Int
    let why, advice: String?
    let facts: [Fact]
    let findings: [FindingsView]
    let correct, resolve, withdraw: Bool
    let evidence: [Evidence]
    /// A verdict that waits for a second person.
    let proposal: String?
    let attempts: [Attempt]
    let events: [EventView]

    struct Evidence {
        let code, text: String
    }

    struct Attempt {
        let attemptNumber, sendCount: Int
        let id, attemptCard, attemptAmount, attemptState, attemptKind, attemptWhy: String
    }
}

extension Desk {
    /// Returns the page of the row that the address names.
    ///
    /// - Parameter findings: the findings in the typed correction.
    func rowPage(
        _ session: Session, _ request: Request, _ context: DeskContext, findings: FindingLog = FindingLog(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let number = context.parameters.get("row", as: Int.self) else { throw DeskRefusal.notFound }
        let batch = try batch(context)
        let (w, user) = (context.wording, session.user)
        let page = try await offload { [self] in
            let places = try ledger.statementPlaces(ofRow: number, in: batch.id)
            return try ledger.report(on: batch.id) { snapshot in
                try rowPage(
                    snapshot.row(number), of: batch, attempts: snapshot.attempts(atRow: number),
                    events: snapshot.events(ofRow: number), places: places, findings: findings, user, w,
                    proposal: operations.rules.requiresSecondVerdict ? snapshot.proposal(ofRow: number) : nil)
            }
        }
        return self.page("row", page.title, page, for: request, context, status: status)
    }

    private func rowPage(
        _ row: StatementRow, of batch: BatchRecord, attempts: [StatementRow], events: [RecordedEvent],
        places: [StatementPlace], findings: FindingLog, _ user: User, _ w: Wording,
        proposal: (who: String, verdict: RowVerdict)?
    ) throws -> RowPage {
        let report = operations.acting(as: user.who).report(in: w.language)
        let path = Self.path(batch.reference)
        let isMaker = user.role == .maker
        let seconds =
            proposal.map { user.role == .checker && !RecordedPerson(user.name.text).isSame(as: $0.who) } ?? false
        let states = words(w.language)
        return RowPage(
            href: path, rowHref: "\(path)/rows/\(row.row)", name: batch.reference.name,
            title: w("rowTitle", ["row": "\(row.row)"]), state: states.state(row.state), kind: row.state.rawValue,
            amount: Figures.amount(row.amount),
            amountInWords: AmountInWords(row.amount, in: w.language).text.firstUppercased, card: row.maskedCard,
            account: row.account.digits, bankCode: row.bankCode.digits, number: row.row,
            why: row.reason.map(report.text(of:)), advice: advice(row.reason, row.state, report, w),
            facts: facts(row, places, w), findings: FindingsView.all(of: findings, in: w) { Self.field($0.column, w) },
            correct: isMaker && row.state == .refused,
            resolve: (isMaker || seconds) && (row.state == .unknown || row.state == .review),
            withdraw: (isMaker || seconds) && (row.state == .queued || row.state == .refused),
            evidence: RowVerdict.Evidence.allCases.map {
                .init(code: $0.rawValue, text: (states.evidence[$0] ?? $0.rawValue).firstUppercased)
            },
            proposal: proposal.map { who, verdict in
                w(
                    "proposal",
                    ["who": Self.person(who), "verdict": report.text(of: .verdictProposed(verdict))])
            },
            attempts: attempts.map { attempt in
                .init(
                    attemptNumber: attempt.attempt, sendCount: attempt.sends, id: attempt.id.description,
                    attemptCard: attempt.maskedCard, attemptAmount: Figures.amount(attempt.amount),
                    attemptState: states.state(attempt.state), attemptKind: attempt.state.rawValue,
                    attemptWhy: attempt.reason.map(report.text(of:)) ?? "")
            },
            events: events.map { EventView($0, in: self, w, report: report) })
    }

    /// Returns the label of a column in the correction form.
    static func field(_ column: Column?, _ w: Wording) -> String {
        switch column {
        case .pan: w("newCard")
        case .exp: w("newExpiry")
        case .account: w("senderAccount")
        case .mfo: w("mfo")
        case .amount, .amountUZS: w("newAmount")
        case .name, .id, nil: ""
        }
    }

    /// Returns advice for a row, in the desk's words and without command names.
    func advice(_ reason: Reason?, _ state: PayoutState, _ report: Report, _ w: Wording) -> String? {
        report.advice(for: reason, of: state) ?? w.texts["advice.\(state.rawValue)"]
    }

    private func facts(_ row: StatementRow, _ places: [StatementPlace], _ w: Wording) -> [Fact] {
        var facts: [Fact] = []
        if let name = row.name { facts.append(Fact(name: w("recipient"), value: name)) }
        if let key = row.rowKey { facts.append(Fact(name: w("fact.rowKey"), value: PersonalNumber.masking(key))) }
        facts += [
            Fact(name: w("card"), value: row.maskedCard), Fact(name: w("senderAccount"), value: row.account.digits),
            Fact(name: w("mfo"), value: row.bankCode.digits),
            Fact(name: "agentTranId", value: row.id.description),
        ]
        if let receipt = row.receipt { facts.append(Fact(name: "bmId", value: String(receipt.bmID))) }
        facts += places.map { Fact(name: w("fact.statement"), value: $0.text(w.language)) }
        facts.append(Fact(name: w("fact.changed"), value: figures.dateTimeSeconds(row.changedAt)))
        return facts
    }
}
