package import Bookkeeping
import Foundation
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOPosix
import Payouts
import Processing
import Synchronization

/// The accountant's desk: a page on which she does the whole job, from the file to the report.
///
///     let desk = try Desk(configuration: configuration, acts: acts, ledger: ledger, random: random, logger: logger)
///     try await desk.application().runService()
package final class Desk: Sendable {
    let configuration: DeskConfiguration
    let acts: any DeskActs
    /// For looking.
    let ledger: Ledger
    let sessions: Sessions
    let runs = Runs()
    let audience: Audience
    private let stagingHold: Staging.Hold
    let audit: AuditLog
    let pages: Pages
    let figures: Figures
    let random: @Sendable (Int) -> [UInt8]
    let limit = Mutex(SignInLimit())
    /// What a sign-in form is signed with, before anybody has a session.
    let formKey: [UInt8]
    /// What a name that nobody has is tried against, so that it takes as long as any other.
    let nobody: PasswordHash
    let logger: Logger

    static let languageCookie = "payout-language"
    var sessionCookie: String { configuration.isSecure ? "__Host-payout" : "payout-session" }

    /// - Parameters:
    ///   - ledger: is only looked at; acts open their own, each in a person's name.
    ///   - random: so many bytes that nobody can guess.
    package init(
        configuration: DeskConfiguration, acts: any DeskActs, ledger: Ledger,
        random: @escaping @Sendable (Int) -> [UInt8], logger: Logger
    ) throws {
        self.configuration = configuration
        self.acts = acts
        self.ledger = ledger
        self.random = random
        self.logger = logger
        sessions = Sessions(random: random)
        audience = Audience(configuration.streams)
        pages = try Pages()
        figures = Figures(timeZone: acts.timeZone)
        formKey = random(32)
        audit = try AuditLog(path: configuration.auditPath, now: acts.time.now)
        let cost = try configuration.users.users().first?.password.cost ?? .standard
        nobody = try PasswordHash(of: Token(random: random).text, salt: Data(random(16)), cost: cost)
        stagingHold = try configuration.staging.open()
    }

    /// - Parameter onServing: gets the port.
    package func application(
        onServing: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let server: HTTPServerBuilder =
            if let tls = configuration.tls { try .tls(.http1(), tlsConfiguration: tls) } else { .http1() }
        return Application(
            router: router(), server: server,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            services: [RunsService(runs: runs), Tidying(desk: self)],
            onServerRunning: { onServing($0.localAddress?.port ?? 0) }, logger: logger)
    }

    /// Serves until it is told to stop.
    ///
    /// - Parameter onServing: gets the port.
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

    /// Another desk may be started on the same ledger.
    func close() {
        stagingHold.release()
    }

    /// The port is taken, or the address is not of this machine.
    package struct CannotListen: Error, CustomStringConvertible {
        let address: String
        let reason: String
        package var description: String {
            "the desk cannot listen at \(address) (\(reason)): it may be on already; otherwise give another address or port "
                + "(PAYOUT_DESK_HOST, PAYOUT_DESK_PORT)"
        }
    }

    func router() -> Router<DeskContext> {
        let router = Router(context: DeskContext.self)
        router.add(middleware: SafetyHeaders(isSecure: configuration.isSecure))
        router.add(middleware: Identity(desk: self))
        router.add(middleware: Troubles(desk: self))
        router.add(middleware: Gate(names: configuration.names, isSecure: configuration.isSecure))
        addSignIn(to: router)
        addBatches(to: router)
        addFiles(to: router)
        addBatch(to: router)
        addRows(to: router)
        addReview(to: router)
        addReports(to: router)
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

    /// Whose session a token stands for. Who was taken out of the users file, or has another password or role since, is
    /// signed out.
    func session(_ token: String, isLook: Bool) throws -> Session? {
        guard let session = sessions.find(token, at: acts.time.now(), isLook: isLook) else { return nil }
        let current = try configuration.users.users().first { $0.name == session.user.name }
        guard let current, current.role == session.user.role, current.password == session.user.password else {
            sessions.end(token)
            forget(session)
            return nil
        }
        return session
    }

    /// Erases what somebody has begun and cannot finish any more.
    func forget(_ session: Session) {
        let file = session.change { state in
            defer { state = Session.State() }
            return state.file
        }
        if let file { erase(file) }
    }

    func erase(_ file: StagedFile) {
        do {
            try configuration.staging.erase(id: file.id)
        } catch {
            // The next start empties the folder; until then only its owner can look in.
            logger.error("\(error)")
        }
    }

    /// Away from the threads that serve pages: reading a file or writing a report takes its time.
    func offload<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await NIOThreadPool.singleton.runIfActive(work)
    }

    func form(_ request: Request, _ session: Session) async throws -> Form {
        let form = try await form(request)
        guard session.formToken.fits(form["token"]) else { throw DeskRefusal.staleForm }
        return form
    }

    /// Without a look at its token.
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
        try audit.record(
            .init(
                act: act, who: session.user.name.text, from: context.remote, batch: batch?.name, row: row,
                detail: detail, outcome: outcome))
    }
}
