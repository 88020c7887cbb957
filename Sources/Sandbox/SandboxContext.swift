import Foundation
import Hummingbird
import Logging
import NIOCore

/// Keeps hold of the connection, so that a reply can be to end it.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Unless it has closed; to be looked at on its event loop.
    var connection: CustomerConnection? {
        do {
            return try channel.pipeline.syncOperations.handler(type: CustomerConnection.self)
        } catch {
            return nil
        }
    }

    /// By the connection's own event loop: a task's sleep lasts a millisecond longer, which of 100 is a hundredth.
    func sleep(until deadline: NIODeadline) async throws {
        let end = channel.eventLoop.scheduleTask(deadline: deadline) {}
        try await withTaskCancellationHandler {
            try await end.futureResult.get()
        } onCancel: {
            end.cancel()
        }
    }

    func sleep(for duration: Duration) async throws {
        try await sleep(until: .now() + TimeAmount(duration))
    }

    func hangUp() async {
        do {
            try await channel.close()
        } catch {
            // The client was faster: the connection is closed, as it should be.
            logger.trace("connection was closed already")
        }
    }

    /// Closes with RST: to linger for no time makes the system drop the connection rather than end it.
    func reset() async {
        do {
            try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        } catch {
            logger.trace("connection was closed already")
        }
        await hangUp()
    }
}
