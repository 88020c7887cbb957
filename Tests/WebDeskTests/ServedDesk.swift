import AsyncHTTPClient
import Bookkeeping
import Configuration
import Fixtures
import Foundation
import Hummingbird
import Logging
import NIOHTTP1
import Payouts
import Processing
import ServiceLifecycle
import Synchronization

@testable import WebDesk
@testable import payout

/// The real desk with the real code of the command line, served on loopback, in a folder of its own.
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
    ///   - environment: settings, such as `PAYOUT_REQUIRE_APPROVAL`.
    ///   - folder: of an earlier desk, to go on with what it left.
    init(
        _ environment: [String: String] = [:], in folder: TemporaryFolder? = nil,
        change: (inout DeskConfiguration) -> Void = { _ in }
    ) async throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        users = UsersFile(path: folder.path("desk.users"))
        try users.write([
            Self.user("dilnoza", .maker), Self.user("zafar", .maker), Self.user("rustam", .checker),
            Self.user("guli", .viewer),
        ])
        let clock = TestClock()
        self.clock = clock
        let settings = try await Settings(
            flags: ["ledger": folder.path("payouts.sqlite")], isSandboxed: true,
            environment: [
                "PAYOUT_KEY_FILE": folder.path("ledger.key"),
                "PAYOUT_OUTPUT": folder.path("output"), "PAYOUT_DESK_USERS": users.path, "PAYOUT_DESK_PORT": "0",
                "PAYOUT_RECONCILE_QUIET_PERIOD": "0",
            ].merging(environment) { $1 })
        let services = Services(settings, time: clock.time)
        ledger = try services.openLedger()
        var configuration = try settings.desk()
        change(&configuration)
        let desk = try Desk(
            configuration: configuration, acts: DeskServices(services: services), ledger: ledger,
            random: DeskCommand.random, logger: Logger(label: "test") { [said] _ in KeptLog(said: said) })
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

    /// As SIGTERM does.
    func stop() async throws {
        await group.triggerGracefulShutdown()
        try await serving.value
        desk.close()
        try ledger.close()
    }

    static func user(_ name: String, _ role: Role, password: String = "correct horse") throws -> User {
        User(
            name: try UserName(name), role: role,
            password: try PasswordHash(of: password, salt: Data(name.utf8), cost: cheap))
    }

    func browser() -> Browser { Browser(port: port) }

    func signedIn(_ name: String) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(name)
        return browser
    }

    /// What the desk told whoever looks after it.
    var log: [String] { said.lines.withLock { $0 } }

    var audit: String {
        get throws { try String(contentsOfFile: folder.path("payouts.sqlite.audit"), encoding: .utf8) }
    }

    /// What lies in the folder for uploads.
    var staged: [String] {
        get throws { try FileManager.default.subpathsOfDirectory(atPath: folder.path("payouts.sqlite.desk")) }
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

/// The machine's time, which a test may move on.
final class TestClock: Sendable {
    private let shift = Mutex<TimeInterval>(0)

    func advance(_ seconds: TimeInterval) {
        shift.withLock { $0 += seconds }
    }

    var time: TimeSource {
        TimeSource(
            now: { self.shift.withLock { Date().addingTimeInterval($0) } }, uptime: MachineClock.uptime,
            boot: MachineClock.boot, sleep: { try await ContinuousClock().sleep(for: $0) })
    }
}

/// As much of a browser as the desk needs: cookies, forms with their tokens, and what browsers say of where a form is from.
final class Browser: Sendable {
    let port: Int
    private let cookies = Mutex<[String: String]>([:])

    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let setCookies: [String]
        let data: Data

        var body: String { String(decoding: data, as: UTF8.self) }
        /// Where it leads.
        var location: String { headers["location"] ?? "" }
        /// What a person reads.
        var text: String {
            body.replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ")
                .replacingOccurrences(of: "&nbsp;", with: "\u{A0}").replacingOccurrences(of: "&#39;", with: "'")
        }
        var token: String { field("token") }

        /// What a hidden field holds.
        func field(_ name: String) -> String {
            let parts = body.components(separatedBy: "name=\"\(name)\" value=\"")
            return parts.count > 1 ? String(parts[1].prefix { $0 != "\"" }) : ""
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

    /// Sends a form as a browser does that shows it.
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

    /// Sends a form of a page with the token that stands in it.
    func submit(_ path: String, on page: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let shown = try await get(page)
        return try await post(path, ["token": shown.token].merging(fields) { $1 })
    }

    /// Hands in a file on the first page.
    func upload(_ name: String, _ bytes: Data, token: String? = nil) async throws -> Answer {
        var form = Data()
        let boundary = "----browser7MA4YWxk"
        let token = if let token { token } else { try await get("/").token }
        form.append(Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n".utf8))
        let quoted = name.replacingOccurrences(of: "\"", with: "%22")
        form.append(
            Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\nContent-Type: text/csv\r\n\r\n"
                    .utf8))
        form.append(bytes)
        form.append(Data("\r\n--\(boundary)--\r\n".utf8))
        return try await send(
            "POST", "/files",
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
            setCookies: setCookies, data: Data(try await response.body.collect(upTo: 64 << 20).readableBytesView))
    }

    /// An answer as soon as it begins.
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

    /// It neither follows redirects nor keeps cookies by itself.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
}
