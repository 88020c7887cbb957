import Fixtures
import Foundation
import Payouts
import Processing
import Testing

@testable import WebDesk

/// People change their own password, and an administrator lets them try again.
@Suite struct OwnPasswordTests {
    private static let new = "a better password"

    @Test func aPersonChangesTheirPasswordAndStaysSignedInHereOnly() async throws {
        let desk = try await ServedDesk()
        let (here, elsewhere) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("dilnoza"))
        _ = try await here.get("/?lang=en")
        let changed = try await here.submit(
            "/password", on: "/password", ["password": "correct horse", "new": Self.new, "repeated": Self.new])
        #expect(changed.status == 303)
        #expect(try await here.get("/").text.contains("Your password is changed."))
        #expect(try await elsewhere.get("/").status == 303)
        #expect(try await desk.browser().trySigningIn("dilnoza", password: "correct horse").status == 401)
        #expect(try await desk.browser().trySigningIn("dilnoza", password: Self.new).status == 303)
        #expect(try desk.audit.contains("\"act\":\"changePassword\""))
        try await desk.stop()
    }

    @Test(arguments: [
        ["password": "wrong horse", "new": new, "repeated": new],
        ["password": "correct horse", "new": "short", "repeated": "short"],
        ["password": "correct horse", "new": new, "repeated": "another password"],
        ["password": "correct horse", "new": "dilnoza-1990", "repeated": "dilnoza-1990"],
    ])
    func nothingChangesUnlessAllThreeFieldsAreRight(fields: [String: String]) async throws {
        let desk = try await ServedDesk()
        let person = try await desk.signedIn("dilnoza")
        #expect(try await person.submit("/password", on: "/password", fields).status == 422)
        #expect(try await desk.browser().trySigningIn("dilnoza", password: "correct horse").status == 303)
        try await desk.stop()
    }

    @Test func anUnlockedPersonMayTryAgainAtOnce() async throws {
        let desk = try await ServedDesk()
        let browser = desk.browser()
        for _ in 0..<SignInLimit.triesAtAName { _ = try await browser.trySigningIn("dilnoza", password: "wrong horse") }
        #expect(try await browser.trySigningIn("dilnoza", password: "correct horse").status == 429)
        try desk.users.unlock(UserName("dilnoza"), at: desk.clock.time.now())
        #expect(try await browser.trySigningIn("dilnoza", password: "correct horse").status == 303)
        try await desk.stop()
    }

    @Test func aFullAuditLogIsPutAside() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("payouts.sqlite.audit")
        let clock = TestClock()
        let log = try AuditLog(path: path, now: clock.time.now)
        try log.record(.init(act: .signIn, who: "dilnoza"))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: AuditLog.sizeOfOneLog)
        try handle.close()
        try log.record(.init(act: .signOut, who: "dilnoza"))
        let logs = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(logs.count == 2 && logs[1].hasPrefix("payouts.sqlite.audit."), "\(logs)")
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("signOut"))
    }
}
