import Bookkeeping
import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// Sends requests that no browser sends, and several at the same time.
@Suite struct AttackTests {
    private static func send(_ lines: [String], _ body: String = "", to desk: ServedDesk) async throws -> String {
        let connection = try RawConnection(port: desk.port)
        try connection.send((lines + ["Connection: close", "", body]).joined(separator: "\r\n"))
        return try await connection.readToEnd()
    }

    /// A proxy and the desk could disagree about where such a request ends, and a stranger could add one of their own.
    @Test(arguments: [
        ["Content-Length: 4", "Transfer-Encoding: chunked"], ["Content-Length: 4", "Content-Length: 5"],
        ["Transfer-Encoding : chunked"], ["Content-Length: +4"], ["Content-Length: -1"], ["X: a\u{0}b"], ["X: a\rb"],
        [" folded: yes"], ["Content-Length: 99999999999999999999"],
    ])
    func aRequestThatCanBeReadInTwoWaysIsRefused(headers: [String]) async throws {
        let desk = try await ServedDesk()
        let body = "0\r\n\r\nGET /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(desk.port)\r\n\r\n"
        let lines = ["POST /sign-in HTTP/1.1", "Host: 127.0.0.1:\(desk.port)", "Sec-Fetch-Site: same-origin"]
        let answer = try await Self.send(lines + headers, body, to: desk)
        #expect(!answer.contains(" 200 "), "\(answer.prefix(200))")
        #expect(desk.faults.isEmpty, "\(desk.faults)")
        try await desk.stop()
    }

    @Test func aHeadThatIsTooLargeIsRefused() async throws {
        let desk = try await ServedDesk()
        let host = ["GET /sign-in HTTP/1.1", "Host: 127.0.0.1:\(desk.port)"]
        for headers in [
            ["X: " + String(repeating: "x", count: 90_000)], (0..<1001).map { "X\($0): y" },
            (0..<900).map { "X\($0): " + String(repeating: "x", count: 200) },
        ] {
            let answer = try await Self.send(host + headers, to: desk)
            #expect(!answer.contains(" 200 "), "\(answer.prefix(200))")
        }
        try await desk.stop()
    }

    @Test(arguments: [
        "/../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/desk.users", "/style.css/../../desk.users",
        "/batches/..%2f..%2fdesk.users", "/files/../desk.users", "/style.css%00.txt", "/.%00./desk.users",
        "//desk.users",
    ])
    func onlyThePagesAreServed(path: String) async throws {
        let desk = try await ServedDesk()
        let cookie = try #require(try await desk.signedIn("dilnoza").cookie("payout-session"))
        let answer = try await Self.send(
            ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(desk.port)", "Cookie: payout-session=\(cookie)"], to: desk)
        #expect(!answer.contains("scrypt") && !answer.contains("root:") && !answer.contains(" 200 "), "\(path)")
        try await desk.stop()
    }

    /// A batch's name becomes part of a header.
    @Test(arguments: ["a\"; filename=\"evil.html", "зарплата; x=y", "a%0d%0aSet-Cookie: x"])
    func aBatchsNameCannotChangeTheHeadersOfADownload(name: String) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = try await maker.upload("a.csv", Payroll.file([2])).location
        let stored = try await maker.submit(file + "/import", on: file, ["reference": name])
        let answer = try await maker.get(stored.location + "/report.csv")
        let header = try #require(answer.headers["content-disposition"])
        #expect(answer.status == 200 && answer.setCookies.isEmpty)
        #expect(header.hasPrefix("attachment") && header.filter { $0 == ";" }.count == 2, "\(header)")
        #expect(!header.contains("evil.html\""), "\(header)")
        try await desk.stop()
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
    func onlyAFormActs(method: String) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        let page = try await maker.get("/batches/a")
        let answer = try await maker.send(
            method, "/batches/a/pay?token=\(page.token)&rows=1&tiyin=100200&warnings=0",
            headers: [
                "origin": maker.origin, "sec-fetch-site": "same-origin", "x-http-method-override": "POST",
            ])
        #expect(answer.status >= 400)
        #expect(await desk.desk.runs.active.isEmpty)
        #expect(try desk.ledger.statement(of: desk.ledger.batch(named: "a").id).notSent.rows == 1)
        try await desk.stop()
    }

    @Test(arguments: [
        "garbage", "' OR 1=1 --", "../../x", "a; payout-session=b", String(repeating: "x", count: 20_000),
    ])
    func anUnknownCookieOpensNoPage(cookie: String) async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        browser.setCookie("payout-session", cookie)
        browser.setCookie("payout-device-dilnoza", cookie)
        #expect(try await browser.get("/").location == "/sign-in")
        try await desk.stop()
    }

    /// The desk answers before the file comes, and stores nothing of it.
    @Test(arguments: [nil, "rustam", "guli"])
    func aLargeUploadOfSomebodyWhoMaySendNoFilesIsRefusedUnread(name: String?) async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        if let name { try await browser.signIn(name) }
        let token = name == nil ? "" : try await browser.get("/").token
        for path in ["/files", "/statements"] {
            let connection = try RawConnection(port: desk.port)
            try connection.send(
                [
                    "POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(desk.port)", "Origin: \(browser.origin)",
                    "Cookie: payout-session=\(browser.cookie("payout-session") ?? "")", "Content-Length: 104857600",
                    "Content-Type: multipart/form-data; boundary=x", "", "--x",
                    "Content-Disposition: form-data; name=\"token\"", "", token, "--x",
                    "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"", "",
                    String(repeating: "1", count: 1000),
                ].joined(separator: "\r\n"))
            let head = try await connection.readHead()
            if name == nil {
                #expect(head.hasPrefix("HTTP/1.1 303") && head.contains("/sign-in"), "\(head)")
            } else {
                #expect(head.hasPrefix("HTTP/1.1 403"), "\(head)")
            }
            #expect(try desk.staged.isEmpty)
        }
        try await desk.stop()
    }

    @Test func aFileWhoseSessionEndsDuringTheUploadIsDeleted() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let cookie = try #require(maker.cookie("payout-session"))
        let file = String(decoding: Payroll.file([2]), as: UTF8.self)
        let parts = [
            "--x", "Content-Disposition: form-data; name=\"token\"", "", try await maker.get("/").token, "--x",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"", "", file, "--x--", "",
        ].joined(separator: "\r\n")
        let connection = try RawConnection(port: desk.port)
        let head = [
            "POST /files HTTP/1.1", "Host: 127.0.0.1:\(desk.port)", "Origin: \(maker.origin)",
            "Cookie: payout-session=\(cookie)", "Content-Type: multipart/form-data; boundary=x",
            "Content-Length: \(parts.utf8.count)", "Connection: close", "", "",
        ]
        try connection.send(head.joined(separator: "\r\n") + parts.dropLast(10))
        try await wait(for: "the file") { try desk.staged.contains { $0.hasSuffix("a.csv") } }
        _ = try await maker.submit("/sign-out", on: "/")
        try connection.send(String(parts.suffix(10)))
        #expect(try await connection.readToEnd().contains("/sign-in"))
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    @Test func manyClicksAtOncePayOnce() async throws {
        let desk = try await ServedDesk()
        let makers = [try await desk.signedIn("dilnoza"), try await desk.signedIn("zafar")]
        _ = try await makers[0].store(Payroll.file(2...21), "a.csv")
        let pages = [try await makers[0].get("/batches/a"), try await makers[1].get("/batches/a")]
        try await withThrowingTaskGroup(of: Int.self) { group in
            for click in 0..<8 {
                let (maker, page) = (makers[click % 2], pages[click % 2])
                group.addTask {
                    try await maker.post(
                        "/batches/a/pay",
                        [
                            "token": page.token, "rows": page.field("rows"), "tiyin": page.field("tiyin"),
                            "warnings": page.field("warnings"),
                        ]
                    ).status
                }
            }
            for try await status in group { #expect([303, 409].contains(status)) }
        }
        _ = try await makers[0].follow("/batches/a")
        try await wait(for: "the run to end") { await desk.desk.runs.active.isEmpty }
        let sends = try desk.ledger.report(on: desk.ledger.batch(named: "a").id) { snapshot in
            var sends: [Int] = []
            try snapshot.forEachRow { sends.append($0.sends) }
            return sends
        }
        #expect(sends == Array(repeating: 1, count: 20))
        try await desk.stop()
    }

    @Test func aCodeThatIsSentManyTimesAtOnceApprovesOneBatch() async throws {
        let desk = try await ServedDesk(requiresApproval: true)
        let (maker, checker) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("rustam"))
        let names = (1...4).map { "b\($0)" }
        for name in names { _ = try await maker.store(Payroll.file([2]), "\(name).csv", again: name != "b1") }
        let app = try await SecondFactorPageTests.enrol(checker, at: desk)
        let (code, token) = (app.nextCode(desk), try await checker.get("/").token)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in names {
                group.addTask {
                    _ = try await checker.post(
                        "/batches/\(name)/approve", ["token": token, "rows": "1", "sum": "1002,00", "code": code])
                }
            }
            try await group.waitForAll()
        }
        let approved = try names.filter { try !desk.ledger.approvers(of: desk.ledger.batch(named: $0).id).isEmpty }
        #expect(approved.count == 1)
        try await desk.stop()
    }
}
