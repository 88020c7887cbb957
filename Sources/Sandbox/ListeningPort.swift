import Hummingbird
import NIOCore
import Synchronization

/// Listens for a bank's customers on 127.0.0.1, and can stop listening for a while.
///
/// Each time the port opens it is a server of its own: the one before still serves the connections it has.
final class ListeningPort: Sendable {
    private let outages: AsyncStream<Duration>
    private let outageBegins: AsyncStream<Duration>.Continuation
    private let isOut = Atomic(false)

    private let sleep: @Sendable (Duration) async throws -> Void

    init(sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }) {
        (outages, outageBegins) = AsyncStream.makeStream()
        self.sleep = sleep
    }

    /// Whoever connects is refused for this long, from very soon on. Requests that come during an outage, on
    /// connections that are still open, do not make it longer.
    func refuse(for duration: Duration) {
        if !isOut.exchange(true, ordering: .sequentiallyConsistent) { outageBegins.yield(duration) }
    }

    /// Serves until cancelled. Throws if the port is taken.
    func serve(_ bank: SandboxBank, port: Int, onOpen: @escaping @Sendable (Int) -> Void) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var opening = Opening(bank, on: self, number: port)
            group.addTask { [opening] in try await opening.serve() }
            guard let port = await opening.begun() else { return }
            onOpen(port)
            for await outage in outages {
                try await opening.shut()
                try await sleep(outage)
                opening = Opening(bank, on: self, number: port)
                group.addTask { [opening] in try await opening.serve() }
                guard await opening.begun() != nil else { return }
                isOut.store(false, ordering: .sequentiallyConsistent)
            }
        }
    }
}
