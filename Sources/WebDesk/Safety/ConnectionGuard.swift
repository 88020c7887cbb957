import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client keeps the desk waiting, and a connection beyond the limit.
///
/// Use it on its event loop only.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The longest times for which a client may keep the desk waiting.
    struct Patience: Sendable {
        /// The time for the first head of a connection, with its TLS handshake.
        var firstHead = TimeAmount.seconds(10)
        /// The time for the next request and its head.
        var nextHead = TimeAmount.seconds(60)
        /// The time for the next piece of a body, and for a client that does not read its answer.
        var pause = TimeAmount.seconds(30)
        /// The average number of bytes a second that a body must bring after the first pause.
        var bytesPerSecond: Int64 = 500
    }

    private let connections: Connections
    private let patience: Patience
    private var context: ChannelHandlerContext?
    private var timer: (due: NIODeadline, task: Scheduled<Void>)?

    /// The body that is being received.
    private var body: (began: NIODeadline, bytes: Int64)?
    private var unanswered = 0
    /// The time when the client last did what the desk waited for.
    private var lastProgress = NIODeadline.distantPast
    private var hasHead = false
    private var isBusy = false

    init(_ connections: Connections, _ patience: Patience) {
        self.connections = connections
        self.patience = patience
    }

    /// Returns the time at which the desk stops waiting, or `nil` while the client waits for the desk.
    private func deadline(_ context: ChannelHandlerContext) -> NIODeadline? {
        if let body {
            let slowest = TimeAmount.seconds(body.bytes / patience.bytesPerSecond)
            return min(lastProgress + patience.pause, body.began + patience.pause + slowest)
        }
        if unanswered == 0 { return lastProgress + (hasHead ? patience.nextHead : patience.firstHead) }
        return context.channel.isWritable ? nil : lastProgress + patience.pause
    }

    /// Sets the timer for the current deadline.
    private func wait(_ context: ChannelHandlerContext) {
        let deadline = deadline(context)
        let isBusy = deadline == nil
        if isBusy != self.isBusy {
            self.isBusy = isBusy
            connections.mark(ObjectIdentifier(context.channel), isBusy: isBusy)
        }
        // A timer that is due earlier sets itself again.
        guard let deadline, timer.map({ deadline < $0.due }) ?? true else { return }
        timer?.task.cancel()
        let loop = context.eventLoop.assumeIsolated()
        timer = (deadline, loop.scheduleTask(deadline: deadline) { self.timeIsUp() })
    }

    private func timeIsUp() {
        timer = nil
        guard let context else { return }
        if let deadline = deadline(context), deadline <= context.eventLoop.now {
            context.close(promise: nil)
        } else {
            wait(context)
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        timer?.task.cancel()
        connections.remove(ObjectIdentifier(context.channel))
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard lastProgress == .distantPast else { return }
        lastProgress = context.eventLoop.now
        let channel = context.channel
        let isWelcome = connections.add(
            ObjectIdentifier(channel), from: ClientAddress(channel.remoteAddress?.ipAddress)
        ) { channel.close(promise: nil) }
        if isWelcome { wait(context) } else { context.close(promise: nil) }
    }
}

extension ConnectionGuard {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end(context)
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastProgress = context.eventLoop.now
        switch unwrapInboundIn(data) {
        case .head:
            hasHead = true
            unanswered += 1
            body = (lastProgress, 0)
        case .body(let piece): body?.bytes += Int64(piece.readableBytes)
        case .end: body = nil
        }
        wait(context)
        context.fireChannelRead(data)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        lastProgress = context.eventLoop.now
        wait(context)
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // The answer to a head that cannot be read has no request.
            unanswered = max(unanswered - 1, 0)
            lastProgress = context.eventLoop.now
            wait(context)
        }
        context.write(data, promise: promise)
    }
}
