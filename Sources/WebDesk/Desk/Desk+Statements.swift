import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Reports
import Statements

/// The bank's statements: the list, the upload, and the result of the last comparison.
extension Desk {
    func addStatements(to router: Router<DeskContext>) {
        router.get("statements") { request, context in
            let session = try context.signedIn()
            return try await self.statementsPage(session, request, context)
        }
        router.post("statements") { request, context in
            let session = try context.demand(.maker)
            return try await self.compare(request, session, context)
        }
        router.get("statements/latest") { request, context in
            let session = try context.signedIn()
            guard let page = session.change({ $0.statement }) else { return self.redirect(to: "/statements") }
            return self.page("statement", page.name, page, for: request, context)
        }
    }

    private struct StatementsPage {
        let upload: Upload?
        let refusal: Refusal?
        let months: [Month]
        let statements: [Line]
        let hasStatements: Bool

        struct Upload {
            let limitBytes: Int
            let tooLarge: String
            let asksAboutDays: Bool
        }

        struct Refusal {
            let heading: String
            let findings: [String]
        }

        struct Month {
            let value, text: String
        }

        struct Line {
            let account, period, file, comparedAt, machineTime, who, verdict, kind: String
        }
    }

    private func statementsPage(
        _ session: Session, _ request: Request, _ context: DeskContext, refusal: StatementError? = nil
    ) async throws -> Response {
        let w = context.wording
        let upload =
            session.user.role == .maker
            ? StatementsPage.Upload(
                limitBytes: configuration.maximumUploadBytes,
                tooLarge: w("uploadTooLargeHelp", ["megabytes": "\(configuration.maximumUploadBytes >> 20)"]),
                asksAboutDays: refusal?.isAboutMissingDays == true) : nil
        let statements = try await offload { [ledger, figures] in
            try ledger.bankStatements().map { record in
                let period = record.statement.period
                return StatementsPage.Line(
                    account: record.statement.account.digits, period: "\(period.lowerBound) — \(period.upperBound)",
                    file: record.fileName, comparedAt: figures.dateTime(record.at),
                    machineTime: figures.machine(record.at), who: Self.person(record.who),
                    verdict: w(record.isAgreed ? "statement.agreed" : "statement.open"),
                    kind: record.isAgreed ? "paid" : "review")
            }
        }
        let lines = refusal.map { $0.text(w.language, isCommand: false).split(separator: "\n").map(String.init) }
        let page = StatementsPage(
            upload: upload,
            refusal: lines.map { lines in
                .init(
                    heading: (lines.first ?? "").firstUppercased,
                    findings: lines.dropFirst().map { $0.trimmingCharacters(in: .whitespaces) })
            },
            months: operations.latestMonths.map { .init(value: $0.value, text: $0.shown) }, statements: statements,
            hasStatements: !statements.isEmpty)
        return self.page(
            "statements", w("statements"), page, for: request, context,
            status: refusal == nil ? .ok : .unprocessableContent)
    }

    private func compare(_ request: Request, _ session: Session, _ context: DeskContext) async throws -> Response {
        let id = Token(random: random).text
        let (w, operations) = (context.wording, self.operations.acting(as: session.user.who))
        do {
            let upload = try await take(request, id: id, session, context)
            let page = try await offload {
                StatementPage(
                    try AgreeStatement(operations).run(
                        upload.path, named: upload.name, skipsMissingDays: upload.skipsMissingDays),
                    named: upload.name, in: w)
            }
            try configuration.staging.erase(id: id)
            try record(.compareStatement, by: session, context, detail: upload.name, outcome: page.kind)
            session.change { $0.statement = page }
            return redirect(to: "/statements/latest")
        } catch OperationError.statement(let refusal) {
            try configuration.staging.erase(id: id)
            try record(.compareStatement, by: session, context, outcome: "refused")
            return try await statementsPage(session, request, context, refusal: refusal)
        } catch {
            try configuration.staging.erase(id: id)
            throw error
        }
    }
}

extension StatementError {
    fileprivate var isAboutMissingDays: Bool {
        if case .missingDays = self { true } else { false }
    }
}
