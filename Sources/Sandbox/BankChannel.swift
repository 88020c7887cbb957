import EventLoopTasks
import HummingbirdCore
import Logging
import NIOCore

/// An HTTP/1.1 channel that serves each connection on its own event loop. Switching threads took a third of the bank's
/// time, which would distort the measured latency.
struct BankChannel: ServerChildChannel {
    private let base: HTTP1Channel

    init(_ responder: @escaping HTTPChannelHandler.Responder) {
        base = HTTP1Channel(responder: responder)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(DelayedResponseHandler(on: channel.eventLoop))
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}
