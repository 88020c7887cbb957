import NIOCore

/// A connection to the bank, next to the wire: when what came in came in, whether it has served a request before, and the
/// answers whose time has not come.
///
/// An answer's delay is counted from when its request has come, so that what this machine does meanwhile is a part of it;
/// and it is held back as the bytes that it is, so that nothing is left to do but to send them.
///
/// It is used on its event loop alone.
final class CustomerConnection: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias OutboundIn = Any

    /// An answer that waits for its time.
    private struct Held {
        let due: NIODeadline
        let end: () -> Void
        var parts: [(bytes: NIOAny, promise: EventLoopPromise<Void>?)] = []
    }

    private(set) var lastRead: NIODeadline
    private var isUsed = false
    private var context: ChannelHandlerContext?
    /// One, unless a customer sends the next request before it has the answer.
    private var held: CircularBuffer<Held> = []
    /// Ends of what is written, that wait for what is held.
    private var closings: [EventLoopPromise<Void>?] = []

    init(on loop: any EventLoop) {
        lastRead = loop.now
    }

    /// Notes a request; true if it is not the first.
    func use() -> Bool {
        defer { isUsed = true }
        return isUsed
    }

    /// Holds back what is written from now on.
    ///
    /// - Parameter end: called right before it goes out, or when it never will.
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

extension CustomerConnection {
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

    /// The end of what is written waits for what is held; any other end is that of the connection, answers or not.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output, !held.isEmpty { return closings.append(promise) }
        forget()
        context.close(mode: mode, promise: promise)
        endOutput(context)
    }
}
