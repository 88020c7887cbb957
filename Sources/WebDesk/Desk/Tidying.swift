import Foundation
import Processing
import ServiceLifecycle

/// Ends sessions that are over, and erases what was handed in during them.
struct Tidying: Service {
    let desk: Desk

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await desk.acts.time.sleep(.seconds(60))
                } catch {
                    return
                }
                for session in desk.sessions.sweep(at: desk.acts.time.now()) { desk.forget(session) }
            }
        }
    }
}
