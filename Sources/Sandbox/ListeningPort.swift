import Hummingbird
import NIOCore
import Synchronization

/// Listens on 127.0.0.1, and can stop listening for a while.
///
/// Each time the port opens, a new server instance starts. The old one keeps serving its connections.
final class ListeningPort: Sendable {
    private let outages: AsyncStream<Duration>
    private let outageBegins: AsyncStream<Duration>.Continuation
    private let isOut = Atomic(false)

    private let sleep: @Sendable (Duration) async throws -> Void

    init(sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
        (outages, outageBegins) = AsyncStream.makeStream()
        self.sleep = sleep
    }

    /// Refuses new connections for this long, starting almost immediately. Requests on open connections do not extend
    /// an outage.
    func refuse(for duration: Duration) {
        if !isOut.exchange(true, ordering: .sequentiallyConsistent) { outageBegins.yield(duration) }
    }

    /// Serves until cancelled. Throws if the port is taken.
    func serve(_ bank: SandboxBank, port: Int, onOpen: @escaping @Sendable (Int) -> Void) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var instance = ServerInstance(bank, on: self, number: port)
            group.addTask { [instance] in try await instance.serve() }
            guard let port = await instance.port() else { return }
            onOpen(port)
            for await outage in outages {
                try await instance.shut()
                try await sleep(outage)
                instance = ServerInstance(bank, on: self, number: port)
                group.addTask { [instance] in try await instance.serve() }
                guard await instance.port() != nil else { return }
                isOut.store(false, ordering: .sequentiallyConsistent)
            }
        }
    }
}
