import Foundation
import HTTPTypes
import Hummingbird
import Payouts
import Testing

@testable import WebDesk

/// Access to the desk. Other pages and programs have none.
@Suite struct AccessTests {
    private static let acts = [
        "/files/x/import", "/files/x/discard", "/files/x/choices", "/batches/x/approve", "/batches/x/pay",
        "/batches/x/reconcile",
        "/batches/x/cancel", "/second-factor", "/second-factor/replace", "/batches/x/stop", "/batches/x/rerun",
        "/batches/x/rerun/forget", "/batches/x/rows/2/correction",
        "/batches/x/rows/2/resolve", "/batches/x/rows/2/withdraw", "/sign-out",
    ]

    @Test func anonymousRequestsAreSentToSignIn() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        for page in ["/", "/batches/x", "/batches/x/rows", "/batches/x/progress", "/batches/x/report.xlsx", "/files/x"]
        {
            let answer = try await browser.get(page)
            #expect(answer.status == 303 && answer.location.hasPrefix("/sign-in"), "\(page)")
            #expect(answer.body.isEmpty)
        }
        for act in Self.acts {
            let answer = try await browser.post(act, ["token": "x"])
            #expect(answer.status == 303 && answer.location.hasPrefix("/sign-in"), "\(act)")
        }
        #expect(try await browser.upload("a.csv", Data(), token: "x").location == "/sign-in")
        try await desk.stop()
    }

    @Test func anotherHostNameIsRefused() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        for host in [
            "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2", "2130706433", "0x7f.1",
            "[::1]x",
            "evil.example:\(desk.port)", "localhost@evil.example", ".", "127.0.0.1:evil.example",
            "127.0.0.1:8701, evil.example",
        ] {
            let answer = try await browser.get("/", headers: ["host": host])
            #expect(answer.status == 421 || answer.status == 400, "\(host): \(answer.status)")
        }
        #expect(try await browser.get("/", headers: ["host": "localhost:\(desk.port)"]).status == 200)
        try await desk.stop()
    }

    @Test func requestsOfAnotherPageAreRefused() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        let token = try await browser.get("/").token
        for headers in [
            ["origin": "https://evil.example", "sec-fetch-site": "cross-site"],
            // Another program on the machine sent it.
            ["origin": "http://127.0.0.1:9", "sec-fetch-site": "same-site"], ["origin": "null"],
            ["origin": "https://127.0.0.1:\(desk.port)"], ["origin": browser.origin, "sec-fetch-site": "none"],
        ] {
            let answer = try await browser.post("/sign-out", ["token": token], headers: headers)
            #expect(answer.status == 403, "\(headers)")
        }
        #expect(try desk.audit.components(separatedBy: "\"act\":\"formRefused\"").count - 1 == 5)
        let bare = try await browser.send(
            "POST", "/sign-out", headers: ["content-type": "application/x-www-form-urlencoded"],
            body: Data("token=\(token)".utf8))
        #expect(bare.status == 403)
        #expect(try await browser.get("/").status == 200)
        try await desk.stop()
    }

    @Test func everyFormNeedsTheTokenOfItsSession() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let foreign = try await desk.signedIn("zafar").get("/").token
        for act in Self.acts where act != "/batches/x/approve" {
            for token in ["", foreign] {
                #expect(try await maker.post(act, ["token": token]).status == 403, "\(act)")
            }
        }
        #expect(try await maker.upload("a.csv", Data("a".utf8), token: foreign).status == 403)
        #expect(try desk.staged.isEmpty)
        #expect(try await desk.signedIn("rustam").post("/batches/x/approve", ["token": ""]).status == 403)
        try await desk.stop()
    }

    /// The roles of every route. The test fails for a route that is missing here.
    private static let mayDo: [String: Set<Role>] = [
        "/sign-out": [.maker, .checker, .viewer], "/second-factor": [.maker, .checker, .viewer],
        "/password": [.maker, .checker, .viewer],
        "/second-factor/replace": [.maker, .checker, .viewer], "/batches/{batch}/reject": [.checker],
        "/batches/{batch}/cancel": [.maker], "/statements": [.maker], "/files": [.maker],
        "/files/{id}/import": [.maker],
        "/files/{id}/choices": [.maker], "/batches/{batch}/corrections": [.maker], "/files/{id}/discard": [.maker],
        "/batches/{batch}/approve": [.checker],
        "/batches/{batch}/pay": [.maker],
        "/batches/{batch}/reconcile": [.maker], "/batches/{batch}/stop": [.maker, .checker],
        "/batches/{batch}/rerun": [.maker], "/batches/{batch}/rerun/forget": [.maker],
        "/batches/{batch}/rows/{row}/correction": [.maker], "/batches/{batch}/rows/{row}/resolve": [.maker],
        "/batches/{batch}/rows/{row}/withdraw": [.maker],
    ]

    @Test func eachRoleMayDoOnlyItsOwnActions() async throws {
        let desk = try await ServedDesk()
        let routes = desk.desk.router().routes.filter { $0.method != .get && $0.method != .head }
        #expect(
            Set(routes.map { $0.path.description.hasPrefix("/") ? $0.path.description : "/\($0.path)" })
                == Set(Self.mayDo.keys).union(["/sign-in"]))
        #expect(routes.allSatisfy { $0.method == .post })
        for (name, role) in [("rustam", Role.checker), ("guli", .viewer), ("dilnoza", .maker)] {
            for (route, roles) in Self.mayDo {
                let browser = try await desk.signedIn(name)
                let path = route.replacing(/\{\w+\}/, with: "2")
                let token = try await browser.get("/").token
                let before = try desk.audit.components(separatedBy: "\"act\":\"notAllowed\"").count
                // A missing object does not bypass the check of the role.
                let status = try await browser.post(path, ["token": token]).status
                let refused = try desk.audit.components(separatedBy: "\"act\":\"notAllowed\"").count - before
                #expect((status == 403) == !roles.contains(role), "\(role) \(route): \(status)")
                #expect(refused == (roles.contains(role) ? 0 : 1), "\(role) \(route) on the record")
            }
        }
        for other in ["rustam", "guli"] {
            let browser = try await desk.signedIn(other)
            #expect(try await browser.upload("a.csv", Data("a".utf8)).status == 403)
            #expect(try await browser.get("/").body.contains("type=\"file\"") == false)
            for page in ["/files/2", "/files/2/findings.xlsx", "/batches/2/rerun"] {
                #expect(try await browser.get(page).status == 403, "\(page)")
            }
        }
        try await desk.stop()
    }

    @Test func everyAnswerKeepsTheBrowserFromDoingMore() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        for path in ["/", "/nowhere", "/sign-in", "/style.css", "/batches/none"] {
            let headers = try await browser.get(path).headers
            #expect(headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true, "\(path)")
            #expect(headers["content-security-policy"]?.contains("unsafe") == false)
            #expect(headers["x-content-type-options"] == "nosniff")
            #expect(headers["referrer-policy"] == "same-origin")
            #expect(headers["cache-control"] == (path == "/style.css" ? "max-age=31536000, immutable" : "no-store"))
        }
        // The page contains nothing that the policy forbids.
        let page = try await browser.get("/").body
        #expect(!page.contains("style=\"") && !page.contains("onclick") && !page.contains("<style"))
        try await desk.stop()
    }

    @Test func theSessionsCookieIsKeptFromScriptsAndOtherSites() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        browser.setCookie("payout-session", "chosen-by-an-attacker")
        let answer = try await browser.trySigningIn("dilnoza", password: "correct horse")
        let cookie = try #require(answer.setCookies.first { $0.hasPrefix("payout-session=") })
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
        #expect(!cookie.contains("chosen-by-an-attacker"))
        let first = browser.cookie("payout-session")
        try await browser.signIn2("dilnoza")
        #expect(browser.cookie("payout-session") != first)
        // The earlier session is no longer valid.
        let old = desk.browser()
        old.setCookie("payout-session", try #require(first))
        #expect(try await old.get("/").status == 303)
        try await desk.stop()
    }

    /// After a restart the browser still sends the cookie of an unknown session.
    @Test func aSignedOutUserLearnsWhy() async throws {
        let desk = try await ServedDesk()
        let folder = desk.folder
        let maker = try await desk.signedIn("dilnoza")
        let cookie = try #require(maker.cookie("payout-session"))
        #expect(try await !desk.browser().get("/sign-in?lang=en").text.contains("The session has ended"))
        try await desk.stop()
        let after = try await ServedDesk(in: folder)
        let browser = after.browser()
        browser.setCookie("payout-session", cookie)
        #expect(try await browser.get("/").location == "/sign-in")
        #expect(try await browser.get("/sign-in?lang=en").text.contains("the program was restarted"))
        try await browser.signIn("dilnoza")
        #expect(try await browser.get("/").status == 200)
        try await after.stop()
    }

    @Test func aSessionEndsAtSignOutAndWhenNobodyUsesIt() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        let token = try #require(browser.cookie("payout-session"))
        #expect(try await browser.submit("/sign-out", on: "/").location == "/sign-in")
        browser.setCookie("payout-session", token)
        #expect(try await browser.get("/").status == 303)
        let other = try await desk.signedIn("dilnoza")
        desk.clock.advance(Sessions.idle - 60)
        #expect(try await other.get("/").status == 200)
        desk.clock.advance(Sessions.idle + 1)
        #expect(try await other.get("/").status == 303)
        try await desk.stop()
    }

    @Test func aRemovedOrChangedUserIsSignedOut() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        try desk.users.write([try ServedDesk.user("dilnoza", .viewer)])
        #expect(try await browser.get("/").status == 303)
        try await browser.signIn("dilnoza")
        try desk.users.write([try ServedDesk.user("dilnoza", .viewer, password: "another horse")])
        #expect(try await browser.get("/").status == 303)
        try desk.users.write([])
        #expect(try await browser.trySigningIn("dilnoza", password: "another horse").status == 401)
        try await desk.stop()
    }

    @Test func failedSignInsAreLockedAndAudited() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        for _ in 1...5 { #expect(try await browser.trySigningIn("dilnoza", password: "wrong").status == 401) }
        #expect(try await browser.trySigningIn("dilnoza", password: "correct horse").status == 429)
        // Unknown and known names get the same answer.
        let unknown = try await browser.trySigningIn("nobody", password: "wrong")
        let known = try await browser.trySigningIn("zafar", password: "wrong")
        #expect(unknown.status == 401 && known.status == 401)
        #expect(unknown.text == known.text)
        desk.clock.advance(SignInLimit.period)
        #expect(try await browser.trySigningIn("dilnoza", password: "correct horse").status == 303)
        let audit = try desk.audit
        #expect(audit.components(separatedBy: "signInFailed").count - 1 == 7)
        #expect(audit.contains("signInHeldBack") && audit.contains("\"act\":\"signIn\""))
        #expect(!audit.contains("correct horse") && !audit.contains("wrong"))
        try await desk.stop()
    }

    @Test func aSignInFormOfAnotherBrowserIsRefused() async throws {
        let desk = try await ServedDesk()
        let token = try await desk.browser().get("/sign-in").token
        let browser = desk.browser()
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", ["name": "dilnoza", "password": "correct horse", "token": token])
        #expect(answer.status == 403)
        #expect(browser.cookie("payout-session") == nil)
        try await desk.stop()
    }

    @Test func theLanguageIsKept() async throws {
        let desk = try await ServedDesk()
        let browser = try await desk.signedIn("dilnoza")
        for (language, title) in [("ru", "Реестры"), ("uz", "Reyestrlar"), ("en", "Batches")] {
            let page = try await browser.get("/?lang=\(language)")
            #expect(page.body.contains("<html lang=\"\(language)\">"))
            #expect(page.body.contains("<h1>\(title)</h1>"))
            #expect(try await browser.get("/").body.contains("<h1>\(title)</h1>"))
        }
        #expect(try await browser.get("/?lang=%3Cscript%3E").body.contains("<h1>Batches</h1>"))
        try await desk.stop()
    }
}

extension Browser {
    /// Signs in again during a session.
    func signIn2(_ name: String) async throws {
        let session = cookie("payout-session")
        setCookie("payout-session", "")
        let form = try await get("/sign-in")
        setCookie("payout-session", session ?? "")
        _ = try await post("/sign-in", ["name": name, "password": "correct horse", "token": form.token])
    }
}
