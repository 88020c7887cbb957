import NIOCore

/// When what a connection has read came in, and whether it has served a request before.
///
/// It stands in front of where requests wait for their turns: a reply's delay is counted from when its request has come, so
/// that what this machine does meanwhile is a part of it.
final class ConnectionHistory: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private(set) var lastRead = NIODeadline.now()
    private var isUsed = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = .now()
        context.fireChannelRead(data)
    }

    /// Notes a request; true if it is not the first.
    func use() -> Bool {
        defer { isUsed = true }
        return isUsed
    }
}
