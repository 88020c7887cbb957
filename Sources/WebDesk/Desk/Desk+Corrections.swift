import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PayoutFiles
import Payouts
import Processing

/// The report that comes back with its sheet *To decide* filled in.
extension Desk {
    func addCorrections(to router: Router<DeskContext>) {
        router.post("batches/:batch/corrections") { request, context in
            let session = try context.demand(.maker)
            return try await self.takeCorrections(request, of: self.batch(context), session, context)
        }
    }

    /// Keeps the corrections of the rows that the table changes, until the person has seen and confirmed the rerun.
    private func takeCorrections(
        _ request: Request, of batch: BatchRecord, _ session: Session, _ context: DeskContext
    ) async throws -> Response {
        let table = try await correctionTable(request, session, context)
        guard table.log.errorCount == 0 else {
            return try await reviewPage(of: batch, session, request, context, findings: table.log)
        }
        let changed = try await offload { [self] in
            let plan = try RerunRows(operations).plan(batch.reference.name, correctedBy: table, where: nil)
            return table.byRow(plan.correctedRows)
        }
        guard !changed.isEmpty else { throw DeskRefusal.nothingCorrected }
        try record(
            .correct, by: session, context, batch: batch.reference,
            detail: "rows " + changed.keys.sorted().prefix(100).map(String.init).joined(separator: ", "))
        session.change { $0.corrections[batch.reference, default: [:]].merge(changed) { $1 } }
        return redirect(to: Self.path(batch.reference) + "/rerun")
    }

    /// Receives the table, reads it and deletes it.
    private func correctionTable(
        _ request: Request, _ session: Session, _ context: DeskContext
    ) async throws -> CorrectionFile {
        let id = Token(random: random).text
        do {
            let upload = try await take(request, id: id, session, context)
            let table = try await offload { [self] in
                do {
                    return try CorrectionFile.read(from: upload.path, options: operations.fileOptions)
                } catch let error as PayoutFileError {
                    throw OperationError.unreadable(error.of(upload.name))
                }
            }
            try configuration.staging.erase(id: id)
            return table
        } catch {
            try configuration.staging.erase(id: id)
            throw error
        }
    }
}
