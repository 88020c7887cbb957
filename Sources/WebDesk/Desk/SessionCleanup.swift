import Bookkeeping
import Foundation
import Logging
import Operations
import Processing
import ServiceLifecycle

/// Ends expired sessions once a minute, deletes their uploads, and brings the audit log up to date.
struct SessionCleanup: Service {
    let desk: Desk

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await readAhead()
            while true {
                do {
                    try await desk.operations.time.sleep(.seconds(60))
                } catch {
                    return
                }
                for session in desk.sessions.sweep(at: desk.operations.time.now()) { desk.forget(session) }
                desk.audit.writeCounts()
            }
        }
    }

    /// Reads what the list and the search keep in memory, so that the first page does not wait for it.
    private func readAhead() async {
        do {
            let desk = desk
            try await desk.offload {
                try desk.people.refresh(from: desk.ledger)
                try desk.statements.refresh(from: desk.ledger)
                for batch in try desk.ledger.batches().prefix(Paging.size) {
                    _ = try desk.statements.statement(of: batch.id, in: desk.ledger)
                }
            }
        } catch {
            // The pages read it themselves, and tell a person what is wrong.
            desk.logger.warning("\(error)")
        }
    }
}
