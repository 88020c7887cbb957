import Hummingbird
import NIOCore
import Synchronization

/// Listens for a bank's customers on 127.0.0.1, and can stop listening for a while.
///
/// Each time the port opens it is a server of its own: the one before still serves the connections it has.
final class ListeningPort: Sendable {
    private let outages: AsyncStream<Duration>
    private let outageBegins: AsyncStream<Duration>.Continuation

    init() {
        (outages, outageBegins) = AsyncStream.makeStream()
    }

    /// Whoever connects is refused for this long, from very soon on.
    func refuse(for duration: Duration) {
        outageBegins.yield(duration)
    }

    /// Serves until cancelled. Throws if the port is taken.
    func serve(_ bank: SandboxBank, port: Int, onOpen: @escaping @Sendable (Int) -> Void) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            let first = Opening()
            group.addTask { try await first.serve(bank, on: self, port: port) }
            guard var channel = await first.channel(), let port = channel.localAddress?.port else { return }
            onOpen(port)
            var opening = first
            for await outage in outages {
                opening.isShut.store(true, ordering: .sequentiallyConsistent)
                try await channel.close()
                try await Task.sleep(for: outage)
                let next = Opening()
                group.addTask { try await next.serve(bank, on: self, port: port) }
                guard let reopened = await next.channel() else { return }
                channel = reopened
                opening = next
            }
        }
    }

    /// The port while it is open once.
    private final class Opening: Sendable {
        let isShut = Atomic(false)
        private let channels: AsyncStream<any Channel>
        private let found: AsyncStream<any Channel>.Continuation

        init() {
            (channels, found) = AsyncStream.makeStream()
        }

        /// The listening socket, or nil if there will be none.
        func channel() async -> (any Channel)? {
            await channels.first { _ in true }
        }

        func serve(_ bank: SandboxBank, on port: ListeningPort, port number: Int) async throws {
            defer { found.finish() }
            var application = Application(
                responder: SandboxResponder(bank: bank, port: port),
                configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: number), backlog: 1024),
                onServerRunning: { [found] in found.yield($0) })
            // A stop cuts connections on purpose, which the server would report as errors.
            application.logger.logLevel = .critical
            do {
                try await application.run()
            } catch  where isShut.load(ordering: .sequentiallyConsistent) && !Task.isCancelled {
                // A server whose port was shut on purpose has ended well.
            }
        }
    }
}
