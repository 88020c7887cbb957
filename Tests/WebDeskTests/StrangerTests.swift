import Fixtures
import Foundation
import HTTPTypes
import Payouts
import Processing
import Testing

@testable import WebDesk

/// The way to the sign-in page and back, and what strangers can do there.
@Suite struct StrangerTests {
    @Test func twoTabsOfABrowserCanBothSignIn() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        let tabs = [try await browser.get("/sign-in").token, try await browser.get("/sign-in").token]
        for token in tabs {
            let answer = try await browser.post(
                "/sign-in", ["name": "dilnoza", "password": "correct horse", "token": token])
            #expect(answer.status == 303)
        }
        try await desk.stop()
    }

    @Test func aSecondTabThatSignsInKeepsTheWorkOfTheFirst() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        let second = try await browser.get("/sign-in").token
        try await browser.signIn("dilnoza")
        let file = try await browser.upload("a.csv", Payroll.file([2])).location
        let form = try await browser.get(file)
        let answer = try await browser.post(
            "/sign-in", ["name": "dilnoza", "password": "correct horse", "token": second])
        #expect(answer.status == 303)
        #expect(try await browser.post(file + "/discard", ["token": form.token]).status == 303)
        // Another user gets a session of their own, and the file of the first is deleted.
        _ = try await browser.upload("b.csv", Payroll.file([2]))
        #expect(try !desk.staged.isEmpty)
        let third = try await browser.post(
            "/sign-in", ["name": "zafar", "password": "correct horse", "token": second])
        #expect(third.status == 303)
        #expect(try await browser.get("/").body.contains("<strong>zafar</strong>"))
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    @Test(arguments: ["dilnoza ", " dilnoza", "Dilnoza\t"])
    func spacesAroundANameAreIgnored(name: String) async throws {
        let desk = try await ServedDesk()
        #expect(try await desk.browser().trySigningIn(name, password: "correct horse").status == 303)
        try await desk.stop()
    }

    @Test func aWrongPasswordKeepsTheTypedName() async throws {
        let desk = try await ServedDesk()
        let page = try await desk.browser().trySigningIn("dilnoza", password: "wrong")
        #expect(page.status == 401 && page.body.contains("value=\"dilnoza\""))
        try await desk.stop()
    }

    @Test func aLinkLeadsToItsPageAfterSignIn() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        let door = try await browser.get("/batches/a%20b/rows?state=refused").location
        #expect(door.hasPrefix("/sign-in?next="))
        let form = try await browser.get(door)
        func signIn(_ password: String, on page: Browser.Answer) async throws -> Browser.Answer {
            try await browser.post(
                "/sign-in",
                ["name": "dilnoza", "password": password, "token": page.token, "next": page.field("next")])
        }
        let again = try await signIn("wrong", on: form)
        let answer = try await signIn("correct horse", on: again)
        #expect(answer.status == 303 && answer.location == "/batches/a%20b/rows?state=refused")
        #expect(try await browser.get(door).location == "/batches/a%20b/rows?state=refused")
        try await desk.stop()
    }

    /// A form that is sent after the session's end leads back to its page.
    @Test func aFormOfAnEndedSessionLeadsBackToItsPage() async throws {
        let desk = try await ServedDesk()
        let answer = try await desk.browser().post("/batches/a/pay", ["token": "x"])
        #expect(answer.location == "/sign-in?next=%2Fbatches%2Fa")
        try await desk.stop()
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example/", "/\\evil.example", "/batches/a\r\nX: y", "javascript:alert(1)",
        "/batches/\"><script>", "/sign-out", "batches/a",
    ])
    func nobodyIsLedToAnotherPlaceAfterSignIn(next: String) async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        let form = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", ["name": "dilnoza", "password": "correct horse", "token": form.token, "next": next])
        #expect(answer.status == 303 && answer.location == "/")
        try await desk.stop()
    }

    /// A browser sends no strict cookie with a link from another site. A page of the desk asks for the page again.
    @Test func aLinkFromAMailOpensThePageOfASignedInUser() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        let headers = ["sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"]
        let first = try await desk.browser().get("/batches/a", headers: headers)
        #expect(first.status == 200 && first.body.contains("content=\"0; url=/batches/a\""))
        #expect(!first.text.contains("Person"))
        #expect(try await maker.get("/batches/a", headers: ["sec-fetch-site": "same-origin"]).status == 200)
        // A user who is not signed in gets to the sign-in page with the second request.
        let second = try await desk.browser().get(
            "/batches/a", headers: ["sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"])
        #expect(second.location == "/sign-in?next=%2Fbatches%2Fa")
        try await desk.stop()
    }

    @Test func nobodyCanLockAUserOutOfAKnownBrowser() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.submit("/sign-out", on: "/")
        for name in ["dilnoza", "a", "b", "c", "d", "e"] {
            let stranger = desk.browser()
            for _ in 1...6 { _ = try await stranger.trySigningIn(name, password: "wrong") }
        }
        #expect(try await desk.browser().trySigningIn("zafar", password: "correct horse").status == 429)
        #expect(try await maker.trySigningIn("dilnoza", password: "correct horse").status == 303)
        // The known browser has a limit too, and knows no other user.
        _ = try await maker.submit("/sign-out", on: "/")
        #expect(try await maker.trySigningIn("zafar", password: "correct horse").status == 429)
        for _ in 1...5 { #expect(try await maker.trySigningIn("dilnoza", password: "wrong").status == 401) }
        #expect(try await maker.trySigningIn("dilnoza", password: "correct horse").status == 429)
        try await desk.stop()
    }

    /// The limits count what the network says about a client, not what the client says.
    @Test func forgedAddressesAndOtherSpellingsOfANameAreTheSameTries() async throws {
        let desk = try await ServedDesk()
        let stranger = desk.browser()
        let names = ["aziz", "AZIZ", " aziz", "Aziz\t", "aziz "]
        func tryOnce(_ number: Int) async throws -> Int {
            let address = "10.0.0.\(number)"
            let form = try await stranger.get("/sign-in")
            return try await stranger.post(
                "/sign-in",
                ["name": names[number % names.count], "password": "wrong", "token": form.token],
                headers: [
                    "x-forwarded-for": address, "x-real-ip": address, "forwarded": "for=\(address)",
                    "client-ip": address, "true-client-ip": address, "x-forwarded-host": "127.0.0.1",
                    "via": "1.1 \(address)",
                ]
            ).status
        }
        for number in 0..<5 { #expect(try await tryOnce(number) == 401) }
        for number in 5..<10 { #expect(try await tryOnce(number) == 429) }
        #expect(try await desk.browser().trySigningIn("aziz", password: "correct horse").status == 429)
        #expect(try !desk.audit.contains("10.0.0."))
        try await desk.stop()
    }

    @Test func strangersCannotFillTheAuditLog() async throws {
        let desk = try await ServedDesk()
        let before = try desk.audit.utf8.count
        let path = "/" + String(repeating: "%ff", count: 5000)
        func minute() -> Int { Int(desk.clock.time.now().timeIntervalSince1970 / 60) }
        let first = minute()
        for _ in 1...100 {
            let answer = try await desk.browser().post(path, [:], headers: ["origin": "http://evil.example"])
            #expect(answer.status == 403)
        }
        // A minute may end during the requests. Each has ten lines.
        let minutes = minute() - first + 1
        #expect(try desk.audit.utf8.count - before < 5_000 * minutes)
        // The rest is counted, and written a minute later.
        desk.clock.advance(60)
        _ = try await desk.browser().post(path, [:], headers: ["origin": "http://evil.example"])
        let lines = try desk.audit.split(separator: "\n").filter { $0.contains("formRefused") }
        let counts = try lines.compactMap { try /"count":(\d+)/.firstMatch(in: $0).flatMap { Int($0.1) } }
        #expect(lines.count - counts.count <= 10 * minutes + 1)
        #expect(lines.count - counts.count + counts.reduce(0, +) == 101)
        try await desk.stop()
    }

    @Test(arguments: ["GET http://evil.example/sign-in HTTP/1.1", "GET //evil.example HTTP/1.0"])
    func anAddressInARequestLeadsNowhereElse(line: String) async throws {
        let desk = try await ServedDesk()
        let connection = try RawConnection(port: desk.port)
        try connection.send("\(line)\r\nHost: 127.0.0.1:\(desk.port)\r\nConnection: close\r\n\r\n")
        let answer = try await connection.readToEnd()
        #expect(!answer.isEmpty && !answer.contains("//evil.example"), "\(answer.prefix(300))")
        try await desk.stop()
    }

    /// A proxy would give the body to the next user as an answer.
    @Test(arguments: ["/sign-in", "/style.css", "/batches/x"]) func anAnswerToHEADHasNoBody(path: String) async throws {
        let desk = try await ServedDesk()
        let connection = try RawConnection(port: desk.port)
        let host = "Host: 127.0.0.1:\(desk.port)\r\n"
        try connection.send(
            "HEAD \(path) HTTP/1.1\r\n\(host)\r\nGET /sign-in HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
        let answer = try await connection.readToEnd()
        let parts = answer.components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 3 && parts[1].hasPrefix("HTTP/1.1 200"), "\(answer.prefix(600))")
        try await desk.stop()
    }

    @Test(arguments: ["Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, xchunked"])
    func anUnknownEncodingIsRefusedWithoutAnError(header: String) async throws {
        let desk = try await ServedDesk()
        let connection = try RawConnection(port: desk.port)
        try connection.send(
            "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:\(desk.port)\r\n\(header)\r\nConnection: close\r\n\r\n"
                + "3\r\na=b\r\n0\r\n\r\n")
        let answer = try await connection.readToEnd()
        // The desk may also close the connection without an answer.
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(100))")
        #expect(desk.faults.isEmpty, "\(desk.faults)")
        try await desk.stop()
    }
}
