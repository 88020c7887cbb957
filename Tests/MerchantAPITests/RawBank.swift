import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A server that writes bytes, so that it can break an answer at any place.
final class RawBank: Sendable {
    enum Reply: Sendable {
        case json(Int, String)
        case bytes(String)
        case close
        case reset
        case hang
        case drip(String)
        case partThenClose(String)
    }

    struct Seen: Sendable {
        let method: String
        let path: String
        /// Names in small letters.
        let headers: [String: String]
        let body: String
        let connection: Int
    }

    private struct State {
        var seen: [Seen] = []
        var connections = 0
    }

    private let state = Mutex(State())
    private let scheme: String
    private let script: @Sendable (Seen) -> Reply
    private let channel = Mutex<(any Channel)?>(nil)

    /// - Parameter tls: the certificate and key, if the bank listens over TLS.
    init(tls: NIOSSLContext? = nil, script: @escaping @Sendable (Seen) -> Reply) async throws {
        self.script = script
        scheme = tls == nil ? "http" : "https"
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [self] child in
                let number = state.withLock {
                    $0.connections += 1
                    return $0.connections
                }
                return child.eventLoop.makeCompletedFuture {
                    if let tls { try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try child.pipeline.syncOperations.addHandler(Talk(bank: self, number: number))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        channel.withLock { $0 = server }
    }

    var url: String { "\(scheme)://127.0.0.1:\(channel.withLock { $0?.localAddress?.port ?? 0 })" }
    var seen: [Seen] { state.withLock { $0.seen } }

    func count(_ path: String) -> Int { seen.count { $0.path == path } }

    func stop() async throws {
        try await channel.withLock { $0 }?.close()
    }

    fileprivate func reply(to seen: Seen) -> Reply {
        state.withLock { $0.seen.append(seen) }
        return script(seen)
    }
}

private final class Talk: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bank: RawBank
    private let number: Int
    private var pending = ""

    init(bank: RawBank, number: Int) {
        self.bank = bank
        self.number = number
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pending += String(buffer: unwrapInboundIn(data))
        let parts = pending.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let length = parts[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
        guard parts[1].utf8.count >= length ?? 0 else { return }
        let lines = parts[0].split(separator: "\r\n")
        let first = lines[0].split(separator: " ")
        let headers = lines.dropFirst().map { line in
            let field = line.split(separator: ":", maxSplits: 1)
            return (field[0].lowercased(), field[1].trimmingPrefix(" "))
        }
        let seen = RawBank.Seen(
            method: String(first[0]), path: String(first[1]),
            headers: Dictionary(headers.map { ($0, String($1)) }) { "\($0), \($1)" }, body: String(parts[1]),
            connection: number)
        pending = ""
        answer(bank.reply(to: seen), context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ reply: RawBank.Reply, _ channel: any Channel) {
        switch reply {
        case .json(let status, let body):
            write("HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)", channel)
        case .bytes(let text): write(text, channel)
        case .close: channel.close(promise: nil)
        case .reset:
            let options = channel as? any SocketOptionProvider
            options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        case .hang: break
        case .drip(let body):
            write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n", channel)
            for (index, byte) in body.utf8.enumerated() {
                channel.eventLoop.scheduleTask(in: .seconds(Int64(index + 1))) {
                    channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
                }
            }
        case .partThenClose(let text):
            channel.writeAndFlush(ByteBuffer(string: text)).whenComplete { _ in channel.close(promise: nil) }
        }
    }

    private func write(_ text: String, _ channel: any Channel) {
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }
}
