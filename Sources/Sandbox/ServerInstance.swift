import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A server that listens on the port once, and serves its connections even after it stops listening.
final class ServerInstance: Sendable {
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
        // A stop cuts connections on purpose; do not log these errors.
        application.logger.logLevel = .critical
        self.application = application
    }

    /// Serves until the task is cancelled. After ``shut()``, it serves until the last connection closes.
    func serve() async throws {
        defer { found.finish() }
        do {
            try await application.run()
        } catch  where isShut.load(ordering: .sequentiallyConsistent) && !Task.isCancelled {
            // The server ended because its port was closed on purpose.
        }
    }

    /// Waits until the server listens, and returns its port. Returns `nil` if it never listens.
    func port() async -> Int? {
        guard let channel = await channels.first(where: { _ in true }) else { return nil }
        listening.withLock { $0 = channel }
        return channel.localAddress?.port
    }

    /// Stops listening. Open connections stay open.
    func shut() async throws {
        guard let channel = listening.withLock({ $0 }) else { return }
        isShut.store(true, ordering: .sequentiallyConsistent)
        do {
            try await channel.setOption(.autoRead, value: false).get()
            // A connection that is being accepted moves from loop to loop before it is served. Pass through all loops
            // several times, so that none is lost.
            for _ in 0..<4 {
                for loop in application.eventLoopGroup.makeIterator() { try await loop.submit {}.get() }
            }
            try await channel.close()
        } catch let error as ChannelError {
            // A concurrent stop may have closed the channel first.
            try Task.checkCancellation()
            throw error
        }
    }
}
