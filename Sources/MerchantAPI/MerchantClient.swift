import EventLoopTasks
import NIOPosix
import NIOSSL
public import PaymentValues

/// The bank's merchant API (BM-MERCHANT-API 6.1), one function a method. It logs in by itself where it holds no good token.
///
///     let client = MerchantClient(configuration: configuration)
///     let answer = try await client.pay(order)
///     try await client.shutdown()
///
/// Every call is sent once. After a 401 a question (``userCards()``, ``check(_:)``, ``status(_:)``) is asked once more with
/// a new login; what moves money, or sends or uses up a code, never is. What a failed call proves is in its
/// ``MerchantError``.
public final class MerchantClient: Sendable {
    public struct Configuration: Sendable {
        /// Scheme, host and port, without the methods' paths: `https://bank.example:8443`.
        public var baseURL: String
        public var username: String
        public var password: Password
        /// The hard timeout of one call, from the connection to the last byte of the answer.
        public var requestTimeout: Duration
        public var connectTimeout: Duration
        /// How many calls may be on their way at once; more wait up to `connectTimeout`.
        public var maximumConnections: Int

        public init(
            baseURL: String, username: String, password: Password, requestTimeout: Duration = .seconds(60),
            connectTimeout: Duration = .seconds(10), maximumConnections: Int = 16
        ) {
            self.baseURL = baseURL
            self.username = username
            self.password = password
            self.requestTimeout = requestTimeout
            self.connectTimeout = connectTimeout
            self.maximumConnections = maximumConnections
        }
    }

    /// Where tasks that do little but send and wait run best.
    package let executor: (any TaskExecutor)?
    private let transport: any Transport
    private let session: TokenSession
    private let logInMethod: Login

    /// - Parameters:
    ///   - configuration: where the bank is, and who we are there.
    ///   - now: the clock by which tokens expire.
    public convenience init(
        configuration: Configuration,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.init(configuration: configuration, tls: .makeClientConfiguration(), now: now)
    }

    /// - Parameter tls: whom to trust, where it is not who the system trusts.
    convenience init(
        configuration: Configuration, tls: TLSConfiguration,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        self.init(
            transport: Exchange(configuration: configuration, tls: tls, on: loop), executor: EventLoopExecutor(loop),
            username: configuration.username, password: configuration.password, now: now)
    }

    package init(
        transport: any Transport, executor: (any TaskExecutor)? = nil, username: String, password: Password,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.transport = transport
        self.executor = executor
        let login = Login(username: username, password: password)
        logInMethod = login
        session = TokenSession(
            now: now,
            logIn: { await Self.outcome { () throws(MerchantError) in try await Self.call(login, transport, nil) } },
            renew: { token in
                await Self.outcome { () throws(MerchantError) in
                    try await Self.call(Refresh(token: token), transport, nil)
                }
            })
    }

    /// Logs in where no good token is held (methods 1 and 2).
    /// - Throws: ``MerchantError/loginFailed(_:)``
    public func signIn() async throws(MerchantError) {
        _ = try await grant()
    }

    /// Logs in where no good token is held.
    /// - Returns: whether the bank calls itself a sandbox, which moves no money.
    package func isSandbox() async throws(MerchantError) -> Bool {
        try await grant().isSandbox
    }

    /// Logs in anew, and uses the new token from then on (BM-MERCHANT-API 6.1, method 1). Only where tokens are of interest
    /// themselves: every other call logs in as it needs to.
    /// - Throws: ``MerchantError``
    public func logIn() async throws(MerchantError) -> Grant {
        try await adopt(logInMethod)
    }

    /// Gets a new access token for a refresh token, and uses it from then on (BM-MERCHANT-API 6.1, method 2).
    /// - Throws: ``MerchantError/refused(_:)`` where the token has ended or was used before: log in again.
    public func refreshToken(_ token: RefreshToken) async throws(MerchantError) -> Grant {
        try await adopt(Refresh(token: token))
    }

    /// Sends a payout once; never again by itself, whatever happens (BM-MERCHANT-API 6.1, method 15). ``PayoutAnswer/proves(_:)``
    /// says whether the answer means that it is paid.
    /// - Throws: ``MerchantError``. A refusal speaks for this sending alone, and one whose ``CataloguedError/meaning`` is
    ///   `human` is no proof that nothing was paid.
    public func pay(_ order: PayoutOrder) async throws(MerchantError) -> PayoutAnswer {
        try await call(order)
    }

    /// Asks what became of a payment; after a 401 once more with a new login (BM-MERCHANT-API 6.1, method 14). That the bank
    /// does not know a payment proves nothing as long as its request may be on its way.
    /// - Throws: ``MerchantError``, with `object_not_found` and the like where the bank does not know it.
    public func status(_ request: StatusRequest) async throws(MerchantError) -> StatusAnswer {
        try await call(request)
    }

    /// Closes all connections. Nothing can be sent afterwards. Needed before the client is let go, also where its calls failed.
    public func shutdown() async throws {
        try await transport.shutdown()
    }

    private func grant() async throws(MerchantError) -> Grant {
        do {
            return try await session.grant()
        } catch {
            throw .loginFailed(error)
        }
    }

    private func adopt<Method: MerchantMethod>(_ method: Method) async throws(MerchantError) -> Grant
    where Method.Answer == Grant {
        try await session.adopt {
            await Self.outcome { () throws(MerchantError) in try await Self.call(method, self.transport, nil) }
        }
    }

    func call<Method: MerchantMethod>(_ method: Method) async throws(MerchantError) -> Method.Answer {
        let token = try await grant().access
        do {
            return try await Self.call(method, transport, token)
        } catch .refused(let error) where error.httpStatus == 401 && error.catalogued != .activationCodeSent {
            await session.invalidate(token)
            guard Method.mayBeAskedAgain else { throw .refused(error) }
        }
        return try await Self.call(method, transport, try await grant().access)
    }

    private static func call<Method: MerchantMethod>(
        _ method: Method, _ transport: any Transport, _ token: AccessToken?
    ) async throws(MerchantError) -> Method.Answer {
        let raw = try await transport.carry(
            WireRequest(
                verb: Method.verb, path: Method.path, body: Method.verb == .get ? "" : method.body.encoded,
                authorization: token.map { "Bearer \($0.secret)" }))
        let answer = try Method.read(raw)
        try method.verify(answer)
        return answer
    }

    private static func outcome(
        _ work: () async throws(MerchantError) -> Grant
    ) async -> Result<Grant, MerchantError> {
        do { return .success(try await work()) } catch { return .failure(error) }
    }
}
