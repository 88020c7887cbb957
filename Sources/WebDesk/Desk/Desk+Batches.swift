import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PayoutFiles
import Payouts
import Reports

/// The list of batches, with the upload form.
extension Desk {
    func addBatches(to router: Router<DeskContext>) {
        router.get("/") { request, context in
            let session = try context.signedIn()
            let page = try await self.batchesPage(request.query, session, context.wording)
            return self.page("batches", context.wording("batches"), page, for: request, context)
        }
    }

    private struct BatchesPage {
        let upload: Upload?
        let searched: String?
        let batches: [Line]
        let pages: Paging.Links?
        let empty: String
        let hasBatches: Bool

        struct Upload {
            let limitBytes: Int
            let tooLarge: String
            let waiting: Waiting?
        }

        struct Waiting {
            let id, text: String
        }

        struct Line {
            let href, name, rows, sum, state, kind, importedAt, machineTime, importedBy: String
            let bank: BankView?
        }
    }

    private func batchesPage(_ query: [String: String], _ session: Session, _ w: Wording) async throws -> BatchesPage {
        let searched = (query["q"] ?? "").trimmingCharacters(in: .whitespaces)
        let active = await runs.active
        let holder = try RunnerLock.holder(ofLedgerAt: ledger.path)
        return try await offload { [self] in
            try statements.refresh(from: ledger)
            let found = try ledger.batches().filter { batch in
                [batch.reference.name, batch.fileName, batch.importedBy].contains(where: SearchText(searched).isFound)
            }
            let paging = Paging(query["page"], total: found.count)
            let lines = try found.dropFirst(paging.offset).prefix(Paging.size).map { batch in
                let statement = try statements.statement(of: batch.id, in: ledger)
                let approvalsNeeded = try operations.approvalsNeeded(for: statement)
                let stage = BatchStage(
                    of: statement, approvalsNeeded: approvalsNeeded,
                    isRunning: active.contains(batch.reference) || holder != nil && statement[.sending].rows > 0)
                let shown = BatchStageView(stage, of: statement, in: w)
                let toPay = try statement.toPay
                let isHidden = statement.lacksApproval(approvalsNeeded) && session.user.role == .checker
                return BatchesPage.Line(
                    href: Self.path(batch.reference), name: batch.reference.name,
                    rows: isHidden ? Self.hidden : Figures.number(toPay.rows),
                    sum: isHidden ? Self.hidden : Figures.amount(toPay.sum), state: shown.text, kind: shown.kind,
                    importedAt: figures.dateTime(batch.importedAt), machineTime: figures.machine(batch.importedAt),
                    importedBy: Self.person(batch.importedBy), bank: BankView(of: statement, words(w.language)))
            }
            return BatchesPage(
                upload: session.user.role == .maker ? upload(session, w) : nil,
                searched: searched.isEmpty ? nil : searched, batches: lines,
                pages: paging.links("/", query: ["q": searched], in: w),
                empty: w(searched.isEmpty ? "noBatches" : "noBatchesFound"), hasBatches: !lines.isEmpty)
        }
    }

    /// The text in place of totals that an approver must not see.
    private static let hidden = "—"

    private func upload(_ session: Session, _ w: Wording) -> BatchesPage.Upload {
        let file = session.change { $0.file }
        return .init(
            limitBytes: configuration.maximumUploadBytes,
            tooLarge: w("uploadTooLargeHelp", ["megabytes": "\(configuration.maximumUploadBytes >> 20)"]),
            waiting: file.map { .init(id: $0.id, text: w("fileWaits", ["name": $0.file.name])) })
    }

    /// Returns the name of a person without the `@desk` or host part.
    static func person(_ who: String) -> String {
        String(who.prefix { $0 != "@" })
    }
}
