import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Reports

/// The register of a month: the page, the workbook to sign, and the table for 1C.
extension Desk {
    func addMonths(to router: Router<DeskContext>) {
        router.get("months") { request, context in
            _ = try context.signedIn()
            return self.redirect(to: "/months/\(Self.escaped(request.query["month"] ?? ""))")
        }
        router.get("months/:month") { request, context in
            let session = try context.signedIn()
            let (register, w) = (try await self.register(context, for: session.user), context.wording)
            let page = MonthPage(register, in: w)
            return self.page("month", page.title, page, for: request, context)
        }
        for format in [ReportFormat.xlsx, .csv] {
            router.get("months/:month/register.\(format.rawValue)") { request, context in
                let session = try context.signedIn()
                let register = try await self.register(context, for: session.user)
                let name = "month-\(register.month).\(format.rawValue)"
                try self.record(.downloadReport, by: session, context, detail: name)
                let report = MonthReport(register, language: context.language)
                let bytes = try await self.offload {
                    try self.written(name) { path in
                        if format == .csv { try report.writeCSV(to: path) } else { try report.writeXLSX(to: path) }
                    }
                }
                return self.download(bytes, as: name, format: format)
            }
        }
    }

    /// Makes the register that the address names.
    ///
    /// - Throws: ``DeskRefusal/notBeforeApproval`` if it has the figures of a batch that this user must still approve.
    private func register(_ context: DeskContext, for user: User) async throws -> MonthRegister {
        guard let month = context.parameters.get("month") else { throw DeskRefusal.notFound }
        let register = try await offload { [operations] in
            do {
                return try RegisterMonth(operations).run(month)
            } catch OperationError.statement(.badMonth) {
                throw DeskRefusal.notFound
            }
        }
        for line in register.batches where user.role == .checker {
            let view = try await view(of: ledger.batch(named: line.reference))
            guard !view.hidesTotals(from: user) else { throw DeskRefusal.notBeforeApproval }
        }
        return register
    }
}

/// The register of a month as a page.
private struct MonthPage {
    let title, href, kind, inWords: String
    let words: MonthWords
    let batches: [Line]
    let total: Line
    let days: [Day]
    let agreement, statements: [String]
    let hasBatches: Bool

    struct Line {
        let name, href, day, rows, paid, sum, commission, refused, unknown, returned: String
    }

    struct Day {
        let account, day, paid, sum, commission: String
    }

    init(_ register: MonthRegister, in w: Wording) {
        words = MonthWords.of(w.language)
        title = words.title(register)
        href = "/months/\(register.month)"
        let isGood = register.isAgreed == true && register.changedAfterClosing.rows == 0
        kind = isGood ? "good" : "warning"
        inWords = AmountInWords(register.total.paid.sum, in: w.language).text.firstUppercased
        batches = register.batches.map { batch in
            Line(batch.line, batch.reference, "/batches/" + Desk.escaped(batch.reference), batch.day)
        }
        total = Line(register.total, words.total, "", "")
        days = register.days.map { day in
            Day(
                account: day.account, day: day.day, paid: Figures.number(day.paid.rows),
                sum: Figures.amount(day.paid.sum), commission: Figures.amount(day.commission))
        }
        agreement = words.agreement(register)
        statements = register.statements
        hasBatches = !register.batches.isEmpty
    }
}

extension MonthPage.Line {
    fileprivate init(_ line: MonthRegister.Line, _ name: String, _ href: String, _ day: String) {
        self.init(
            name: name, href: href, day: day, rows: Figures.number(line.rows), paid: Figures.number(line.paid.rows),
            sum: Figures.amount(line.paid.sum), commission: Figures.amount(line.commission),
            refused: Figures.number(line.refused), unknown: Figures.number(line.unknown),
            returned: Figures.amount(line.returned.sum))
    }
}
