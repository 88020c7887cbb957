import Foundation
import Hummingbird
import Logging
import NIOCore

/// Keeps the channel of the connection, so that a reply can close it.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The handler of the connection. `nil` after it has closed. Access it on its event loop only.
    var connection: DelayedResponseHandler? {
        do {
            return try channel.pipeline.syncOperations.handler(type: DelayedResponseHandler.self)
        } catch {
            return nil
        }
    }

    /// Sleeps on the connection's event loop. A task's sleep would last a millisecond longer: 1 % of 100 ms.
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
            // The client closed the connection first.
            logger.trace("connection was closed already")
        }
    }

    /// Closes the connection with RST: a linger time of zero makes the system reset it.
    func reset() async {
        do {
            try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        } catch {
            logger.trace("connection was closed already")
        }
        await hangUp()
    }
}
