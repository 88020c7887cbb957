package import Bookkeeping
import Foundation
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOPosix
package import Operations
import Payouts
import Processing
import Reports
import Synchronization

/// The web server of the accountant's desk: pages for the whole job, from the file to the report.
///
///     let desk = try Desk(configuration: configuration, context: context, ledger: ledger, random: random, logger: logger)
///     try await desk.application().runService()
package final class Desk: Sendable {
    let configuration: DeskConfiguration
    let operations: OperationContext
    /// The ledger, for reading only.
    let ledger: Ledger
    /// The search over all batches, and the statements of the list. Both read only what changed.
    let people = PeopleIndex()
    let statements = StatementCache()
    let sessions: Sessions
    let runs = Runs()
    let streams: StreamLimiter
    let connections: Connections
    private let stagingHold: Staging.Hold
    let audit: AuditLog
    let pages: Pages
    let figures: Figures
    let random: @Sendable (Int) -> [UInt8]
    let limit = Mutex(SignInLimit())
    let signInForm: SignInForm
    /// The hash that is compared with the password of an unknown name. So the check takes as long as for a known name.
    let dummyPassword: PasswordHash
    let passwords: PasswordChecks
    let logger: Logger

    static let languageCookie = "payout-language"
    var sessionCookie: String { configuration.isSecure ? "__Host-payout" : "payout-session" }

    /// Makes a desk.
    /// - Parameters:
    ///   - ledger: is only read. Each use case opens its own ledger in a person's name.
    ///   - random: returns the given number of unpredictable bytes.
    package init(
        configuration: DeskConfiguration, context: OperationContext, ledger: Ledger,
        random: @escaping @Sendable (Int) -> [UInt8], logger: Logger
    ) throws {
        self.configuration = configuration
        operations = context
        self.ledger = ledger
        self.random = random
        self.logger = logger
        sessions = Sessions(random: random)
        streams = StreamLimiter(configuration.streams)
        pages = try Pages()
        figures = Figures(timeZone: context.timeZone)
        signInForm = SignInForm(key: random(32))
        passwords = PasswordChecks(configuration.comparePassword)
        connections = Connections(configuration.connections)
        audit = try AuditLog(path: configuration.auditPath, now: context.time.now)
        let cost = try configuration.users.users().first?.password.cost ?? .standard
        dummyPassword = try PasswordHash(of: Token(random: random).text, salt: Data(random(16)), cost: cost)
        stagingHold = try configuration.staging.open()
    }

    /// Builds the server.
    ///
    /// - Parameter onServing: receives the port once the server listens.
    package func application(
        onServing: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let (connections, patience) = (connections, configuration.patience)
        let http = HTTPServerBuilder.http1(
            configuration: .init(additionalChannelHandlers: [ConnectionGuard(connections, patience)]))
        let server =
            if let tls = configuration.tls { try HTTPServerBuilder.tls(http, tlsConfiguration: tls) } else { http }
        return Application(
            router: router(), server: server,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            services: [RunsService(runs: runs), SessionCleanup(desk: self)],
            onServerRunning: { onServing($0.localAddress?.port ?? 0) }, logger: logger)
    }

    /// Serves until it is stopped.
    ///
    /// - Parameter onServing: receives the port once the server listens.
    /// - Throws: ``CannotListen`` if the address is not available.
    package func serve(onServing: @escaping @Sendable (Int) -> Void) async throws {
        defer { close() }
        do {
            try await application(onServing: onServing).runService()
        } catch let error as IOError {
            throw CannotListen(
                address: "\(configuration.host):\(configuration.port)",
                reason: unsafe String(cString: strerror(error.errnoCode)))
        }
    }

    /// Releases the lock, so that another desk can serve the same ledger.
    func close() {
        audit.writeCounts()
        stagingHold.release()
    }

    /// An error for a port that is in use, or an address that does not belong to this machine.
    package struct CannotListen: Error, CustomStringConvertible {
        let address: String
        let reason: String
        package var description: String {
            "the desk cannot listen at \(address) (\(reason)): it may be running already; otherwise give another address or port "
                + "(PAYOUT_DESK_HOST, PAYOUT_DESK_PORT)"
        }
    }

    func router() -> Router<DeskContext> {
        let router = Router(context: DeskContext.self)
        router.add(middleware: SecurityHeadersMiddleware(isSecure: configuration.isSecure))
        router.add(middleware: SessionMiddleware(desk: self))
        router.add(middleware: ErrorPageMiddleware(desk: self))
        router.add(
            middleware:
                OriginCheckMiddleware(
                    names: configuration.names, proxyNames: configuration.proxyNames, isSecure: configuration.isSecure))
        addSignIn(to: router)
        addBatches(to: router)
        addFiles(to: router)
        addCorrections(to: router)
        addBatch(to: router)
        addRows(to: router)
        addPeople(to: router)
        addReview(to: router)
        addReports(to: router)
        addStatements(to: router)
        addMonths(to: router)
        addSecondFactor(to: router)
        addPassword(to: router)
        addMonitoring(to: router)
        addAssets(to: router)
        return router
    }

    private func addAssets(to router: Router<DeskContext>) {
        for file in Assets.files {
            let body = ByteBuffer(bytes: file.bytes)
            router.get(RouterPath(file.name)) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: file.type, .cacheControl: "max-age=31536000, immutable"],
                    body: ResponseBody(byteBuffer: body))
            }
        }
    }

    /// Returns the session of a token. If the user was removed, or has a new password or role, it ends the session.
    func session(_ token: String, isPolling: Bool) throws -> Session? {
        guard let session = sessions.find(token, at: operations.time.now(), isPolling: isPolling) else { return nil }
        let current = try configuration.users.users().first { $0.name == session.user.name }
        guard let current, current.role == session.user.role, current.password == session.user.password else {
            sessions.end(token)
            forget(session)
            return nil
        }
        return session
    }

    /// Deletes the unfinished work of an ended session.
    func forget(_ session: Session) {
        let file = session.change { state in
            defer { state = Session.State(isOver: true) }
            return state.file
        }
        if let file { erase(file) }
    }

    /// - Parameter kept: uploads that another one still needs.
    func erase(_ file: StagedFile, keeping kept: [StagedOriginal] = []) {
        for id in [file.id] + file.originals.map(\.id) where !kept.contains(where: { $0.id == id }) {
            do {
                try configuration.staging.erase(id: id)
            } catch {
                // The next start empties the folder. Until then only its owner can read it.
                logger.error("\(error)")
            }
        }
    }

    /// Runs slow work, such as reading a file or writing a report, on a thread that serves no pages.
    func offload<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }

    func form(_ request: Request, _ session: Session) async throws -> Form {
        let form = try await form(request)
        guard session.formToken.matches(form["token"]) else { throw DeskRefusal.staleForm }
        return form
    }

    /// Reads a form without checking its token.
    func form(_ request: Request) async throws -> Form {
        var request = request
        let body = try await request.collectBody(upTo: 1 << 16)
        guard let form = Form(String(buffer: body)) else { throw DeskRefusal.malformed }
        return form
    }

    func record(
        _ act: AuditLog.Act, by session: Session, _ context: DeskContext, batch: BatchReference? = nil, row: Int? = nil,
        detail: String? = nil, outcome: String? = nil
    ) throws {
        let entry = AuditLog.Entry(
            act: act, who: session.user.name.text, from: context.remote, batch: batch?.name, row: row, detail: detail,
            outcome: outcome)
        try audit.record(entry)
        context.begunAct.note(entry)
    }
}
