/// What goes back to the client, and when.
struct Reply: Sendable {
    let content: Content
    /// What the record of requests says of it.
    let outcome: String
    var retryAfterSeconds: Int?
    var delay = Duration.zero

    enum Content: Sendable {
        case json(status: Int, JSONText)
        case page(status: Int, String)
        case redirect(path: String)
        /// The head, half of the body, and the end of the connection.
        case cut(JSONText)
        /// The connection closes without a byte.
        case hangUp
    }

    init(_ content: Content, outcome: String, retryAfterSeconds: Int? = nil) {
        self.content = content
        self.outcome = outcome
        self.retryAfterSeconds = retryAfterSeconds
    }

    static func ok(_ json: JSONText, outcome: String) -> Reply {
        Reply(.json(status: 200, json), outcome: outcome)
    }

    static func error(_ error: BankError) -> Reply {
        Reply(.json(status: error.httpStatus, error.json), outcome: error.rawValue)
    }

    static func hangUp(_ outcome: String) -> Reply {
        Reply(.hangUp, outcome: outcome)
    }

    static let tooManyRequests = Reply(
        .json(status: 429, .fields(["status": .integer(429), "title": .string("Too Many Requests")])),
        outcome: "429", retryAfterSeconds: 1)

    static func gatewayPage(status: Int, title: String) -> Reply {
        Reply(
            .page(
                status: status,
                "<html><head><title>\(status) \(title)</title></head>"
                    + "<body><center><h1>\(status) \(title)</h1></center></body></html>"),
            outcome: String(status))
    }

    static let uncatalogued = Reply(
        .json(
            status: 500,
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
