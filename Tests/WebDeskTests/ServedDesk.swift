import AnorBank
import AsyncHTTPClient
import Bookkeeping
import Crypto
import Fixtures
import Foundation
import Hummingbird
import Logging
import MerchantAPI
import NIOCore
import NIOHTTP1
import Operations
import Payouts
import Processing
import Sandbox
import ServiceLifecycle
import Synchronization
import Testing

@testable import WebDesk

/// The real desk with the real use cases and the built-in bank, served on loopback, in a temporary folder.
final class ServedDesk: Sendable {
    let folder: TemporaryFolder
    let desk: Desk
    let ledger: Ledger
    let port: Int
    let users: UsersFile
    let clock: TestClock
    private let said = Said()
    private let group: ServiceGroup
    private let serving: Task<Void, any Error>

    static let cheap = PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1)

    /// - Parameters:
    ///   - requiresApproval: whether each batch needs a second person.
    ///   - folder: the folder of an earlier desk, to continue with its files.
    ///   - bank: the bank to pay at; by default the built-in one.
    ///   - changeRules: changes the rules under which money is sent.
    init(
        requiresApproval: Bool = false, limits: SendingRules.Limits = .init(), in folder: TemporaryFolder? = nil,
        payingAt bank: (any Bank)? = nil,
        change: (inout DeskConfiguration) -> Void = { _ in }, rules changeRules: (inout SendingRules) -> Void = { _ in }
    ) async throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        users = UsersFile(path: folder.path("desk.users"))
        try users.write([
            Self.user("dilnoza", .maker), Self.user("zafar", .maker), Self.user("rustam", .checker),
            Self.user("aziz", .checker), Self.user("guli", .viewer),
        ])
        let clock = TestClock()
        self.clock = clock
        var rules = SendingRules(
            limits: limits, requiresApproval: requiresApproval,
            policy: ReconciliationPolicy(hardTimeout: .seconds(60), quietPeriod: .zero, whenNotFound: .review),
            senderName: "viplati", concurrency: 16)
        changeRules(&rules)
        let context = OperationContext(
            person: "desk", process: "the test", time: clock.time,
            timeZone: try #require(TimeZone(identifier: "Asia/Tashkent")), language: .en,
            ledger: LedgerLocation(
                path: folder.path("payouts.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")), isSandbox: true,
                practicePath: folder.path("payouts.sqlite")),
            outputFolder: folder.path("output"),
            rules: rules,
            bank: BankAccess(catalogue: AnorBank.catalogue) {
                if let bank { return BankConnection(bank: bank, address: "sandbox") {} }
                return try await .practice(journal: folder.path("payouts.sqlite.sandbox"))
            }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            random: { RandomSource(SystemRandomNumberGenerator()) }, observe: { _ in })
        ledger = try context.openLedger()
        var configuration = DeskConfiguration(
            host: "127.0.0.1", port: 0, names: [], tls: nil, users: users,
            staging: Staging(folder: folder.path("payouts.sqlite.desk")), auditPath: folder.path("payouts.sqlite.audit")
        )
        change(&configuration)
        let desk = try Desk(
            configuration: configuration, context: context, ledger: ledger, random: Self.random,
            logger: Logger(label: "test") { [said] _ in KeptLog(said: said) })
        self.desk = desk
        let (ports, served) = AsyncStream<Int>.makeStream()
        let application = try desk.application { served.yield($0) }
        let group = ServiceGroup(
            services: [application], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        self.group = group
        serving = Task {
            defer { served.finish() }
            try await group.run()
        }
        var port = 0
        for await found in ports {
            port = found
            break
        }
        self.port = port
    }

    /// Stops the desk as SIGTERM does.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await ending("the desk to stop") { [serving] in try await serving.value }
        desk.close()
        try ledger.close()
    }

    static func user(_ name: String, _ role: Role, password: String = "correct horse") throws -> User {
        User(
            name: try UserName(name), role: role,
            password: try PasswordHash(of: password, salt: Data(name.utf8), cost: cheap))
    }

    private static let random: @Sendable (Int) -> [UInt8] = { count in
        unsafe SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { unsafe Array($0) }
    }

    func browser() -> Browser { Browser(port: port) }

    func signedIn(_ name: String) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(name)
        return browser
    }

    /// The lines of the log about requests.
    var faults: [String] { log.filter { !$0.hasPrefix("Server started") } }

    /// The log of the desk.
    var log: [String] { said.lines.withLock { $0 } }

    var audit: String {
        get throws { try String(contentsOfFile: folder.path("payouts.sqlite.audit"), encoding: .utf8) }
    }

    /// The files in the folder for uploads.
    var staged: [String] {
        get throws { try FileManager.default.subpathsOfDirectory(atPath: folder.path("payouts.sqlite.desk")) }
    }
}

extension BankConnection {
    /// The built-in bank on loopback.
    fileprivate static func practice(journal: String) async throws -> BankConnection {
        var configuration = SandboxConfiguration()
        configuration.journal = URL(fileURLWithPath: journal)
        let running = try await SandboxBank(configuration: configuration).start(port: 0)
        let client = try MerchantClient(
            configuration: MerchantClient.Configuration(
                address: BankAddress(running.baseURL.absoluteString), username: configuration.username,
                password: Password(configuration.password), requestTimeout: .seconds(60), maximumConnections: 20))
        return BankConnection(bank: AnorBank(client: client), address: "sandbox", executor: client.executor) {
            try await client.shutdown()
            try await running.stop()
        }
    }
}

private final class Said: Sendable {
    let lines = Mutex<[String]>([])
}

private struct KeptLog: LogHandler {
    let said: Said
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(said: Said) {
        self.said = said
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        said.lines.withLock { $0.append("\(event.message)") }
    }
}

/// The machine's time, which a test may advance.
final class TestClock: Sendable {
    private let shift = Mutex<TimeInterval>(0)
    private let start = ContinuousClock.now

    func advance(_ seconds: TimeInterval) {
        shift.withLock { $0 += seconds }
    }

    var time: TimeSource {
        TimeSource(
            now: { self.shift.withLock { Date().addingTimeInterval($0) } },
            uptime: { [start] in start.duration(to: .now) },
            boot: "a boot", sleep: { try await ContinuousClock().sleep(for: $0) })
    }
}

/// The parts of a browser that the desk needs: cookies, forms with their tokens, and the headers about a form's origin.
final class Browser: Sendable {
    let port: Int
    private let cookies = Mutex<[String: String]>([:])

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let setCookies: [String]
        let data: Data

        var body: String { String(decoding: data, as: UTF8.self) }
        /// The target of a redirect.
        var location: String { headers["location"] ?? "" }
        /// The visible text of the page.
        var text: String {
            body.replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ")
                .replacingOccurrences(of: "&nbsp;", with: "\u{A0}").replacingOccurrences(of: "&#39;", with: "'")
        }
        var token: String { field("token") }

        /// Returns the value of a hidden field.
        func field(_ name: String) -> String {
            let parts = body.components(separatedBy: "name=\"\(name)\" value=\"")
            return parts.count > 1 ? String(parts[1].prefix { $0 != "\"" }) : ""
        }

        /// The ticks that accept warnings and confirm corrections.
        var ticks: [String: String] {
            body.matches(of: /name="((?:accept|correction)-[^"]+)" value="yes"/).reduce(into: [:]) {
                $0[String($1.output.1)] = "yes"
            }
        }
    }

    init(port: Int) {
        self.port = port
    }

    var origin: String { "http://127.0.0.1:\(port)" }

    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

    func setCookie(_ name: String, _ value: String) {
        cookies.withLock { $0[name] = value }
    }

    func signIn(_ name: String, password: String = "correct horse") async throws {
        let answer = try await trySigningIn(name, password: password)
        guard answer.status == 303 else { throw NotSignedIn(text: answer.text) }
    }

    struct NotSignedIn: Error {
        let text: String
    }

    func trySigningIn(_ name: String, password: String) async throws -> Answer {
        let form = try await get("/sign-in")
        return try await post("/sign-in", ["name": name, "password": password, "token": form.token])
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    /// Sends a form as a browser does.
    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Answer {
        let allowed = CharacterSet.alphanumerics
        let body = fields.map { key, value in
            "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: allowed.intersection(.init(charactersIn: "\0"..."\u{7E}"))) ?? "")"
        }.joined(separator: "&")
        return try await send(
            "POST", path,
            headers: [
                "content-type": "application/x-www-form-urlencoded", "origin": origin, "sec-fetch-site": "same-origin",
            ].merging(headers) { $1 }, body: Data(body.utf8))
    }

    /// Sends a form of a page with the token in that page, and with the ticks that it asks for.
    func submit(_ path: String, on page: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let shown = try await get(page)
        return try await post(path, ["token": shown.token].merging(shown.ticks) { $1 }.merging(fields) { $1 })
    }

    /// Uploads a file.
    ///
    /// - Parameter ticks: the boxes that are ticked.
    func upload(
        _ name: String, _ bytes: Data, token: String? = nil, to address: String = "/files", ticks: [String] = []
    ) async throws -> Answer {
        var form = Data()
        let boundary = "----browser7MA4YWxk"
        let token = if let token { token } else { try await get("/").token }
        form.append(Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n".utf8))
        for tick in ticks {
            form.append(
                Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(tick)\"\r\n\r\nyes\r\n".utf8))
        }
        let quoted = name.replacingOccurrences(of: "\"", with: "%22")
        form.append(
            Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\nContent-Type: text/csv\r\n\r\n"
                    .utf8))
        form.append(bytes)
        form.append(Data("\r\n--\(boundary)--\r\n".utf8))
        return try await send(
            "POST", address,
            headers: [
                "content-type": "multipart/form-data; boundary=\(boundary)", "origin": origin,
                "sec-fetch-site": "same-origin",
            ], body: form)
    }

    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        let response = try await begin(method, path, headers: headers, body: body.map { .bytes($0) })
        let setCookies = response.headers["set-cookie"]
        self.cookies.withLock { jar in
            for cookie in setCookies {
                let pair = cookie.prefix { $0 != ";" }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if cookie.contains("Max-Age=0") {
                    jar[String(pair[0])] = nil
                } else {
                    jar[String(pair[0])] = String(pair[1])
                }
            }
        }
        return Answer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 },
            setCookies: setCookies,
            data: try await ending("the answer to \(method) \(path)") {
                Data(try await response.body.collect(upTo: 64 << 20).readableBytesView)
            })
    }

    /// Returns an answer as soon as it begins.
    func begin(
        _ method: String, _ path: String, headers: [String: String] = [:], body: HTTPClientRequest.Body? = nil
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: origin + path)
        request.method = .init(rawValue: method)
        let cookies = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        if !cookies.isEmpty { request.headers.add(name: "cookie", value: cookies) }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        request.body = body
        return try await Self.client.execute(request, timeout: .seconds(60))
    }

    /// An HTTP client that neither follows redirects nor keeps cookies.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
}
