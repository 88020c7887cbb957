package import Foundation

/// The answer to a client: its content, its delivery and its delay. A transport carries it out and needs no knowledge
/// of faults:
///
///     let reply = bank.take(request)
///     try await sleep(reply.delay)
///     switch reply.delivery { case .whole: send(reply.status, reply.headers, reply.body) … }
package struct Reply: Sendable {
    package let status: Int
    /// The wait before any kind of delivery, counted from the arrival of the request. For a connection that is held
    /// without an answer, the delivery is `closed` after a delay.
    package var delay = Duration.zero
    package var delivery = Delivery.whole
    /// The outcome for the record of requests.
    package internal(set) var outcome: String

    var content: Content
    private var retryAfterSeconds: Int?
    private var location: String?
    private var allowedMethod: String?

    package enum Delivery: Sendable {
        /// Sends status, headers and body at once.
        case whole
        /// Sends the head, which promises the whole body, and this many bytes of the body. Then it closes the
        /// connection.
        case cut(afterBytes: Int)
        /// Sends the head, then the body byte by byte, with this wait before each byte.
        case trickled(interval: Duration)
        /// Closes the connection without a byte.
        case closed
        /// Resets the connection (RST) without a byte.
        case reset
        /// Refuses new connections for this long: the request did not arrive. It also closes its own connection without
        /// a byte.
        case refused(for: Duration)
        /// Sends the answer of another request as soon as there is one.
        case swapped(AnswerSwap)
    }

    enum Content: Sendable {
        case json(JSONText)
        case text(String, type: String)
        case file([UInt8], type: String)
        /// The JSON, padded with spaces to this length.
        case padded(JSONText, bytes: Int)
    }

    init(_ status: Int, _ content: Content, outcome: String) {
        self.status = status
        self.content = content
        self.outcome = outcome
    }

    /// Encodes the content on demand, outside the bank's lock.
    package var body: Data {
        switch content {
        case .json(let json): return Data(json.bytes)
        case .text(let text, _): return Data(text.utf8)
        case .file(let bytes, _): return Data(bytes)
        case .padded(let json, let bytes):
            var body = Data(json.bytes)
            body.append(Data(repeating: UInt8(ascii: " "), count: max(0, bytes - body.count)))
            return body
        }
    }

    package var headers: [(name: String, value: String)] {
        // The header tells a client that calls the sandbox by mistake that no money moves.
        var headers = [(name: "Content-Type", value: contentType), (name: "X-Payout-Sandbox", value: "1")]
        if let retryAfterSeconds { headers.append(("Retry-After", String(retryAfterSeconds))) }
        if let location { headers.append(("Location", location)) }
        if let allowedMethod { headers.append(("Allow", allowedMethod)) }
        return headers
    }

    private var contentType: String {
        switch content {
        case .json, .padded: "application/json"
        case .text(_, let type), .file(_, let type): type
        }
    }

    static func ok(_ json: JSONText, outcome: String) -> Reply {
        Reply(200, .json(json), outcome: outcome)
    }

    static func error(_ error: BankError) -> Reply {
        Reply(error.httpStatus, .json(error.json), outcome: error.rawValue)
    }

    /// Returns a reply without an answer.
    static func silence(_ delivery: Delivery, outcome: String) -> Reply {
        var reply = Reply(0, .text("", type: "text/plain"), outcome: outcome)
        reply.delivery = delivery
        return reply
    }

    static let tooManyRequests = {
        var reply = Reply(
            429, .json(.fields(["status": .integer(429), "title": .string("Too Many Requests")])), outcome: "429")
        reply.retryAfterSeconds = 1
        return reply
    }()

    /// Answers a call with the wrong HTTP method. The catalogue has no error for it.
    static func notAllowed(but method: String) -> Reply {
        var reply = Reply(
            405, .json(.fields(["status": .integer(405), "title": .string("Method Not Allowed")])), outcome: "405")
        reply.allowedMethod = method
        return reply
    }

    static func gatewayPage(_ status: Int) -> Reply {
        let title =
            switch status {
            case 413: "Request Entity Too Large"
            case 502: "Bad Gateway"
            case 503: "Service Temporarily Unavailable"
            default: "Gateway Time-out"
            }
        let html =
            "<html><head><title>\(status) \(title)</title></head>"
            + "<body><center><h1>\(status) \(title)</h1></center></body></html>"
        return Reply(status, .text(html, type: "text/html"), outcome: String(status))
    }

    static func redirect(to path: String) -> Reply {
        var reply = Reply(307, .text("", type: "text/plain"), outcome: "307")
        reply.location = path
        return reply
    }

    static let uncatalogued = Reply(
        500,
        .json(
            .fields([
                "timestamp": .string("1970-01-01T00:00:00.000Z"), "status": .integer(500),
                "error": .string("Internal Server Error"),
            ])),
        outcome: "500")

    func after(_ delay: Duration) -> Reply {
        var later = self
        later.delay += delay
        return later
    }
}
