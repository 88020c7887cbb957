import EventLoopTasks
public import Logging
public import NIOCore
public import NIOPosix
public import NIOSSL
public import PaymentValues

/// A client of the bank's merchant API (BM-MERCHANT-API 6.1), with one function for each method. It logs in
/// automatically.
///
///     let configuration = MerchantClient.Configuration(
///         address: try BankAddress("https://bank.example:8443"), username: "agent", password: Password(password))
///     let answer = try await MerchantClient.withClient(configuration: configuration) { client in
///         try await client.pay(order)
///     }
///
/// The client sends every call once. After a 401 it repeats a question (``userCards()``, ``checkBill(_:)``,
/// ``status(_:)``) once with a new login. It never repeats a call that moves money, or one that sends or uses up a code.
/// ``MerchantError`` says what a failed call proves.
public final class MerchantClient: Sendable {
    /// The address of the bank, the agent's login, and the time limits.
    public struct Configuration: Sendable {
        /// The bank's address.
        public var address: BankAddress
        /// The agent's login.
        public var username: String
        /// The password of that login.
        public var password: Password
        /// The hard timeout of one call. It runs from the start of connecting to the last byte of the answer.
        public var requestTimeout: Duration
        /// The longest time that a call waits for a connection.
        public var connectTimeout: Duration
        /// The largest number of calls in flight. More calls wait, up to `connectTimeout`.
        public var maximumConnections: Int
        /// The certificates to trust, and the client certificate if the bank asks for one (`certificateChain` and
        /// `privateKey`). An `http` address does not use it. The client never
        /// speaks a version of TLS before 1.2.
        public var tls: TLSConfiguration

        /// Makes a configuration. It trusts the system's certificates, unless `tls` says otherwise.
        public init(
            address: BankAddress, username: String, password: Password, requestTimeout: Duration = .seconds(60),
            connectTimeout: Duration = .seconds(10), maximumConnections: Int = 16,
            tls: TLSConfiguration = .makeClientConfiguration()
        ) {
            self.address = address
            self.username = username
            self.password = password
            self.requestTimeout = requestTimeout
            self.connectTimeout = connectTimeout
            self.maximumConnections = maximumConnections
            self.tls = tls
        }
    }

    /// Runs tasks on the event loop of the connections. It suits tasks that do little but send and wait.
    package let executor: (any TaskExecutor)?
    private let transport: any Transport
    private let session: TokenSession
    private let loginRequest: Login
    private let logger: Logger?

    /// Makes a client that must be shut down with ``shutdown()``.
    /// ``withClient(configuration:eventLoopGroup:logger:isolation:_:)`` shuts it down automatically.
    ///
    /// - Parameters:
    ///   - configuration: the bank's address, the agent's login and the time limits.
    ///   - eventLoopGroup: the group of the event loop that carries all connections. The group must outlive the client.
    ///   - logger: receives connections, logins and failed calls at level `debug`. It gets no secrets.
    ///   - now: the clock by which tokens expire.
    /// - Throws: an error if the TLS configuration cannot be used, for example because a certificate is missing.
    public convenience init(
        configuration: Configuration, eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger? = nil, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) throws {
        let loop = eventLoopGroup.any()
        self.init(
            transport: try HTTPTransport(configuration: configuration, on: loop, logger: logger),
            executor: EventLoopExecutor(loop), username: configuration.username, password: configuration.password,
            logger: logger, now: now)
    }

    package init(
        transport: any Transport, executor: (any TaskExecutor)? = nil, username: String, password: Password,
        logger: Logger? = nil, now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.transport = transport
        self.executor = executor
        self.logger = logger
        let login = Login(username: username, password: password)
        loginRequest = login
        session = TokenSession(
            now: now,
            logIn: { await Self.result(of: login, transport, logger) },
            renew: { await Self.result(of: Refresh(token: $0), transport, logger) })
    }

    /// Makes a client, passes it to `body`, and shuts it down when `body` returns or throws.
    ///
    /// - Parameters:
    ///   - configuration: the bank's address, the agent's login and the time limits.
    ///   - eventLoopGroup: the group of the event loop that carries all connections.
    ///   - logger: receives connections, logins and failed calls at level `debug`. It gets no secrets.
    ///   - isolation: the actor that `body` runs on.
    ///   - body: uses the client. It must not keep the client.
    /// - Returns: the result of `body`.
    /// - Throws: the error of `body`, or the error that kept the client from being made.
    public static func withClient<Result>(
        configuration: Configuration, eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (MerchantClient) async throws -> Result
    ) async throws -> Result {
        let client = try MerchantClient(configuration: configuration, eventLoopGroup: eventLoopGroup, logger: logger)
        let result: Result
        do {
            result = try await body(client)
        } catch {
            do {
                try await client.shutdown()
            } catch let second {
                // Throw the first error, and only log this second one.
                logger?.warning("the client could not be shut down", metadata: ["error": "\(second)"])
            }
            throw error
        }
        try await client.shutdown()
        return result
    }

    /// Closes all connections. Afterwards nothing can be sent. Call it before you release the client, also after an
    /// error.
    public func shutdown() async throws {
        try await transport.shutdown()
    }
}

/// The methods that log in, pay, and ask for the status of a payment.
extension MerchantClient {
    /// Logs in if the client holds no valid token (methods 1 and 2). Every call does this automatically.
    /// - Throws: ``MerchantError`` with the cause ``MerchantError/Cause/loginFailed(_:)``.
    public func ensureSignedIn() async throws(MerchantError) {
        _ = try await grant(for: .login)
    }

    /// Logs in and uses the new token from then on (BM-MERCHANT-API 6.1, method 1). You need it only if you want the
    /// token itself.
    /// - Throws: ``MerchantError``
    public func login() async throws(MerchantError) -> Grant {
        try await adopt(loginRequest)
    }

    /// Gets a new access token for a refresh token, and uses it from then on (BM-MERCHANT-API 6.1, method 2).
    /// - Throws: ``MerchantError``. The cause is ``MerchantError/Cause/refused(_:)`` if the token has expired or was
    ///   used before: log in again.
    public func refreshToken(_ token: RefreshToken) async throws(MerchantError) -> Grant {
        try await adopt(Refresh(token: token))
    }

    /// Sends a payout once, and never again automatically (BM-MERCHANT-API 6.1, method 15).
    ///
    /// ``PayoutAnswer/proves(_:)`` says whether the answer means that the order is paid.
    /// - Throws: ``MerchantError``. A refusal is about this call only. It does not settle an earlier call with the same
    ///   id.
    public func pay(_ order: PayoutOrder) async throws(MerchantError) -> PayoutAnswer {
        try await call(order)
    }

    /// Asks for the status of a payment (BM-MERCHANT-API 6.1, method 14). After a 401 it logs in and asks once more.
    ///
    /// “Not found” proves nothing while the payment's request may still be in flight.
    /// - Throws: ``MerchantError``, with `object_not_found` or a similar code if the bank does not know the payment.
    public func status(_ request: StatusRequest) async throws(MerchantError) -> StatusAnswer {
        try await call(request)
    }

    /// Logs in if the client holds no valid token.
    /// - Returns: whether the bank calls itself a sandbox. A sandbox moves no money.
    package func isSandbox() async throws(MerchantError) -> Bool {
        try await grant(for: .login).isSandbox
    }

    /// Asks the bank for its time, without a login.
    /// - Returns: the `Date` header of the answer (RFC 9110, 6.6.1), or `nil` if the answer has none.
    package func dateHeader() async throws(MerchantError.Cause) -> String? {
        try await transport.carry(WireRequest(verb: .head, path: "/", body: "", authorization: nil)).date
    }
}

extension MerchantClient {
    func call<Request: MerchantRequest>(_ request: Request) async throws(MerchantError) -> Request.Answer {
        let token = try await grant(for: Request.method).access
        do throws(MerchantError.Cause) {
            return try await Self.send(request, transport, token)
        } catch .refused(let error) where error.httpStatus == 401 && error.catalogued != .activationCodeSent {
            await session.invalidate(token)
            guard Request.mayBeAskedAgain else { throw failure(.refused(error), of: Request.method) }
        } catch {
            throw failure(error, of: Request.method)
        }
        let newToken = try await grant(for: Request.method).access
        do {
            return try await Self.send(request, transport, newToken)
        } catch {
            throw failure(error, of: Request.method)
        }
    }

    private func grant(for method: MerchantMethod) async throws(MerchantError) -> Grant {
        do {
            return try await session.grant()
        } catch {
            throw MerchantError(method: method, cause: .loginFailed(error))
        }
    }

    private func adopt<Request: MerchantRequest>(_ request: Request) async throws(MerchantError) -> Grant
    where Request.Answer == Grant {
        do {
            return try await session.adopt { await Self.result(of: request, self.transport, self.logger) }
        } catch {
            throw MerchantError(method: Request.method, cause: error)
        }
    }

    private func failure(_ cause: MerchantError.Cause, of method: MerchantMethod) -> MerchantError {
        logger?.debug("a call to the bank failed", metadata: ["method": "\(method)", "cause": "\(cause)"])
        return MerchantError(method: method, cause: cause)
    }

    private static func send<Request: MerchantRequest>(
        _ request: Request, _ transport: any Transport, _ token: AccessToken?
    ) async throws(MerchantError.Cause) -> Request.Answer {
        let raw = try await transport.carry(
            WireRequest(
                verb: Request.verb, path: Request.path, body: Request.verb == .get ? "" : request.body.encoded,
                authorization: token.map { "Bearer \($0.secret)" }))
        let answer = try Request.read(raw)
        try request.verify(answer)
        return answer
    }

    private static func result<Request: MerchantRequest>(
        of request: Request, _ transport: any Transport, _ logger: Logger?
    ) async -> Result<Grant, MerchantError.Cause> where Request.Answer == Grant {
        do throws(MerchantError.Cause) {
            let grant = try await send(request, transport, nil)
            logger?.debug("got a token", metadata: ["method": "\(Request.method)", "lifetime": "\(grant.lifetime)"])
            return .success(grant)
        } catch {
            logger?.debug("got no token", metadata: ["method": "\(Request.method)", "cause": "\(error)"])
            return .failure(error)
        }
    }
}
