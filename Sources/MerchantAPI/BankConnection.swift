import NIOCore
import NIOHTTP1
import NIOTLS

/// One connection to the bank. If it ends before ``carry(_:)``, nothing was sent. If it ends afterwards, the request
/// may have been sent.
///
/// Use it on its event loop only.
final class BankConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    enum Change {
        /// A whole answer has come. The connection can carry the next request.
        case free(BankConnection)
        case closed(BankConnection)
    }

    private enum State {
        case opening
        case free
        case busy(PendingRequest)
        /// The answer is whole. Bytes that follow it must not be taken for the next answer.
        case answered
        case closed(any Error)
    }

    private struct Closed: Error {}

    static let bodyLimit = 1 << 20
    /// The longest idle time. It is shorter than servers allow: they must not close the connection while a payout is in
    /// flight.
    private static let idleTime = TimeAmount.seconds(30)

    private let address: BankAddress
    private let loop: any EventLoop
    private let tell: (Change) -> Void
    private var context: ChannelHandlerContext?
    private var state = State.opening
    private var answer = PartialAnswer()
    private var whenOpened: ((Result<Void, any Error>) -> Void)?
    /// The time at which the connection is closed, busy or not.
    private var end: NIODeadline
    private var timer: (at: NIODeadline, scheduled: Scheduled<Void>)?

    /// Opens a connection.
    /// - Parameter openBy: the deadline for opening the connection, TLS included.
    init(to address: BankAddress, on loop: any EventLoop, openBy: NIODeadline, tell: @escaping (Change) -> Void) {
        self.address = address
        self.loop = loop
        self.tell = tell
        end = openBy
    }

    /// Calls `act` when the connection can carry requests, or when it has failed to open.
    func whenOpen(_ act: @escaping (Result<Void, any Error>) -> Void) {
        switch state {
        case .opening: whenOpened = act
        case .closed(let error): act(.failure(error))
        case .free, .busy, .answered: act(.success(()))
        }
    }

    func carries(_ call: PendingRequest) -> Bool {
        if case .busy(let current) = state { current === call } else { false }
    }

    func carry(_ call: PendingRequest) {
        guard case .free = state, let context else { return call.end(.failure(.notSent("the connection was closed"))) }
        state = .busy(call)
        answer = PartialAnswer()
        watch(until: call.deadline)
        context.write(wrapOutboundOut(.head(head(of: call.request))), promise: nil)
        if call.request.verb == .post {
            let body = context.channel.allocator.buffer(string: call.request.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Closes the connection and ends the request in flight with an error.
    func close(_ error: MerchantError.Cause) {
        close(error, because: Closed())
    }

    private func close(_ error: MerchantError.Cause, because cause: any Error) {
        let before = state
        if case .closed = before { return }
        state = .closed(cause)
        timer?.scheduled.cancel()
        context?.close(promise: nil)
        switch before {
        case .opening: whenOpened?(.failure(cause))
        case .busy(let call): call.end(.failure(error))
        case .free, .answered, .closed: break
        }
        whenOpened = nil
        tell(.closed(self))
    }

    private func head(of request: WireRequest) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Host": address.authority, "Content-Type": "application/json", "Accept": "application/json",
        ]
        if let authorization = request.authorization { headers.add(name: "Authorization", value: authorization) }
        if request.verb == .post { headers.add(name: "Content-Length", value: String(request.body.utf8.count)) }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.verb.rawValue),
            uri: address.basePath + request.path, headers: headers)
    }
}

extension BankConnection {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch(until: end)
    }

    func channelActive(context: ChannelHandlerContext) {
        if !address.isTLS { open() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { open() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .busy(let call) = state else {
            return close(.noAnswer(.connectionLost("bytes that nobody asked for")))
        }
        switch unwrapInboundIn(data) {
        case .head(let head): answer.take(head, to: call.request.verb)
        case .body(let part): answer.take(part)
        case .end:
            state = .answered
            call.end(.success(answer.whole))
            if !answer.keepsConnection { close(.noAnswer(.connectionLost("closed as it said it would be"))) }
        }
        if case .busy = state, answer.bodyBytes > Self.bodyLimit {
            close(.untrusted(httpStatus: answer.httpStatus, why: "the body is over 1 MB"))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .answered = state { becomeFree() }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(.noAnswer(.connectionLost(String(describing: type(of: error)))), because: error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        close(.noAnswer(.connectionLost("closed by the bank")))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        close(.noAnswer(.connectionLost("closed")))
        self.context = nil
    }

    private func open() {
        state = .free
        whenOpened?(.success(()))
        whenOpened = nil
    }

    private func becomeFree() {
        state = .free
        watch(until: .now() + Self.idleTime)
        tell(.free(self))
    }
}

extension BankConnection {
    /// Sets the deadline. The connection has one timer, not one for each request: it is moved only if it would fire too
    /// late.
    private func watch(until end: NIODeadline) {
        self.end = end
        if let timer, timer.at <= end { return }
        timer?.scheduled.cancel()
        timer = (end, loop.assumeIsolated().scheduleTask(deadline: end) { self.look() })
    }

    private func look() {
        timer = nil
        guard NIODeadline.now() >= end else { return watch(until: end) }
        close(.noAnswer(.timeout))
    }
}

/// The part of an answer that has come so far.
private struct PartialAnswer {
    private(set) var httpStatus = 0
    private(set) var keepsConnection = false
    private var retryAfterSeconds: Int?
    private var isSandbox = false
    private var date: String?
    private var body: [UInt8] = []

    var bodyBytes: Int { body.count }

    mutating func take(_ head: HTTPResponseHead, to verb: WireRequest.Verb) {
        httpStatus = Int(head.status.code)
        keepsConnection = head.isKeepAlive
        retryAfterSeconds = RetryAfter.seconds(in: head.headers)
        isSandbox = head.headers.contains(name: RawAnswer.sandboxHeader)
        if verb == .head { date = head.headers.first(name: "Date") }
    }

    mutating func take(_ part: ByteBuffer) {
        body.append(contentsOf: part.readableBytesView)
    }

    var whole: RawAnswer {
        RawAnswer(
            httpStatus: httpStatus, retryAfterSeconds: retryAfterSeconds, body: body, isSandbox: isSandbox, date: date)
    }
}
