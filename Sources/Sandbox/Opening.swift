import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A port while it is open once, from listening to being shut.
final class Opening: Sendable {
    private let application: Application<SandboxResponder>
    private let channels: AsyncStream<any Channel>
    private let found: AsyncStream<any Channel>.Continuation
    private let listening = Mutex<(any Channel)?>(nil)
    private let isShut = Atomic(false)

    init(_ bank: SandboxBank, on port: ListeningPort, number: Int) {
        let (channels, found) = AsyncStream<any Channel>.makeStream()
        (self.channels, self.found) = (channels, found)
        var application = Application(
            responder: SandboxResponder(bank: bank, port: port), server: HTTPServerBuilder(BankChannel.init),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: number), backlog: 1024),
            onServerRunning: { found.yield($0) })
        // A stop cuts connections on purpose, which the server would report as errors.
        application.logger.logLevel = .critical
        self.application = application
    }

    /// Serves until cancelled or, its port being shut, until its last connection has closed.
    func serve() async throws {
        defer { found.finish() }
        do {
            try await application.run()
        } catch  where isShut.load(ordering: .sequentiallyConsistent) && !Task.isCancelled {
            // A server whose port was shut on purpose has ended well.
        }
    }

    /// Waits until it listens, and tells the port; nil if it never will.
    func begun() async -> Int? {
        guard let channel = await channels.first(where: { _ in true }) else { return nil }
        listening.withLock { $0 = channel }
        return channel.localAddress?.port
    }

    /// Listens no more. The connections that it has stay open.
    func shut() async throws {
        guard let channel = listening.withLock({ $0 }) else { return }
        isShut.store(true, ordering: .sequentiallyConsistent)
        do {
            try await channel.setOption(.autoRead, value: false).get()
            // A connection that is just being accepted goes from loop to loop before it is served, and must not be
            // lost on the way: the loops are gone through as often as it may change them.
            for _ in 0..<4 {
                for loop in application.eventLoopGroup.makeIterator() { try await loop.submit {}.get() }
            }
            try await channel.close()
        } catch let error as ChannelError {
            // A stop that came at the same time was faster to close it.
            try Task.checkCancellation()
            throw error
        }
    }
}
