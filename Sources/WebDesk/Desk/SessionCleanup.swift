import Foundation
import Operations
import Processing
import ServiceLifecycle

/// Ends expired sessions once a minute, deletes their uploads, and brings the audit log up to date.
struct SessionCleanup: Service {
    let desk: Desk

    func run() async throws {
        await cancelWhenGracefulShutdown {
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
}
