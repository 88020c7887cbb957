import NIOCore

/// Delays answers on one connection. It knows when the last bytes arrived, and whether the connection has already
/// served a request.
///
/// A delay counts from the arrival of the request, so it includes the work of this machine. The handler holds the
/// finished bytes: when they are due, they only have to be sent. The benchmarks need this exact latency.
///
/// Use it on its event loop only.
final class DelayedResponseHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias OutboundIn = Any

    /// An answer and the time at which it is due.
    private struct Held {
        let due: NIODeadline
        let end: () -> Void
        var parts: [(bytes: NIOAny, promise: EventLoopPromise<Void>?)] = []
    }

    private(set) var lastRead: NIODeadline
    private var isUsed = false
    private var context: ChannelHandlerContext?
    /// The held answers. There is one, unless a client sends its next request before it has the answer.
    private var held: CircularBuffer<Held> = []
    /// The closings of the output that wait for the held answers.
    private var closings: [EventLoopPromise<Void>?] = []

    init(on loop: any EventLoop) {
        lastRead = loop.now
    }

    /// Counts a request. Returns `false` for the first one.
    func use() -> Bool {
        defer { isUsed = true }
        return isUsed
    }

    /// Holds everything that is written from now on.
    ///
    /// - Parameter end: called directly before the answer is sent, or when it can no longer be sent.
    func hold(until due: NIODeadline, end: @escaping () -> Void) {
        guard let context, due > context.eventLoop.now else { return end() }
        held.append(Held(due: due, end: end))
        context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.letGo() }
    }

    private func letGo() {
        while let context, let answer = held.first, answer.due <= context.eventLoop.now {
            held.removeFirst()
            answer.end()
            for part in answer.parts { context.write(part.bytes, promise: part.promise) }
            context.flush()
        }
        if let context, held.isEmpty { endOutput(context) }
    }

    private func endOutput(_ context: ChannelHandlerContext) {
        let waiting = closings
        closings.removeAll()
        for closing in waiting { context.close(mode: .output, promise: closing) }
    }

    private func forget() {
        let forgotten = held
        held.removeAll()
        for answer in forgotten {
            answer.end()
            for part in answer.parts { part.promise?.fail(ChannelError.ioOnClosedChannel) }
        }
    }
}

extension DelayedResponseHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        forget()
        for closing in closings { closing?.fail(ChannelError.ioOnClosedChannel) }
        closings.removeAll()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = context.eventLoop.now
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !held.isEmpty else { return context.write(data, promise: promise) }
        held[held.index(before: held.endIndex)].parts.append((data, promise))
    }

    func flush(context: ChannelHandlerContext) {
        if held.isEmpty { context.flush() }
    }

    /// Delays a closing of the output until the held answers are sent. Any other closing takes effect immediately.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output, !held.isEmpty { return closings.append(promise) }
        forget()
        context.close(mode: mode, promise: promise)
        endOutput(context)
    }
}
