import Fixtures
import Foundation
import Payouts
import Synchronization
import Testing

@testable import WebDesk

/// Passwords, users, sessions and sign-in limits, without HTTP.
@Suite struct SafetyValuesTests {
    /// A test vector of RFC 7914, section 12. Its first 32 bytes are this key.
    @Test func theHashIsScrypt() throws {
        let hash = try PasswordHash(
            of: "pleaseletmein", salt: Data("SodiumChloride".utf8),
            cost: .init(logRounds: 14, blockSize: 8, parallelism: 1))
        #expect(
            hash.key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test func onlyTheSamePasswordMatches() throws {
        let hash = try PasswordHash(of: "Ў узун парол", salt: Data("salt".utf8), cost: ServedDesk.cheap)
        #expect(try hash.matches("Ў узун парол"))
        // The first letter, written as a letter and a combining mark.
        #expect(try hash.matches("У\u{306} узун парол"))
        #expect(try !hash.matches("Ў узун паро"))
        #expect(try !hash.matches(""))
        #expect(PasswordHash(hash.description) == hash)
    }

    @Test(arguments: ["", "scrypt$4$8$1$c2FsdA==", "bcrypt$4$8$1$c2FsdA==$a2V5", "scrypt$99$8$1$c2FsdA==$a2V5"])
    func textThatIsNotAHashIsRefused(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test(arguments: ["dilnoza", "a.b-c_1", "D"])
    func namesOfLatinLettersAreNames(text: String) throws {
        #expect(try UserName(text).text == text.lowercased())
    }

    /// A Cyrillic а looks like a Latin a, and an @ would make one person look like two.
    @Test(arguments: ["", "\u{430}ziz", "aziz@host", "a b", "a/b", String(repeating: "a", count: 33)])
    func aNameThatLooksLikeAnotherIsRefused(text: String) {
        #expect(throws: UserName.Invalid.self) { try UserName(text) }
    }

    @Test func onlyTheOwnerMayReadTheUsersFile() throws {
        let folder = try TemporaryFolder()
        let file = UsersFile(path: folder.path("a/desk.users"))
        #expect(try file.users().isEmpty)
        try file.write([try ServedDesk.user("zafar", .maker), try ServedDesk.user("aziz", .checker)])
        #expect(try file.users().map(\.name.text) == ["aziz", "zafar"])
        #expect(try file.users().map(\.role) == [.checker, .maker])
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(throws: UsersFileError.self) { try file.users() }
    }

    @Test func aMalformedLineOfTheUsersFileIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("desk.users")
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data("\naziz maker nonsense\n".utf8), attributes: [.posixPermissions: 0o600]))
        let error = #expect(throws: UsersFileError.self) { try UsersFile(path: path).users() }
        #expect(error?.description.contains("line 2") == true)
    }

    private static func client(
        _ name: String, from address: String = "10.0.0.1", device: String? = nil
    ) -> SignInLimit.Client {
        SignInLimit.Client(name: name, address: ClientAddress(address), device: device)
    }

    @Test func fiveFailedSignInsFromAnAddressLockAName() {
        var limit = SignInLimit()
        let start = Samples.noon
        let client = Self.client("aziz")
        for second in 0..<5 {
            let now = start.addingTimeInterval(Double(second))
            #expect(limit.wait(for: client, at: now) == nil)
            limit.begin(client, at: now)
        }
        let later = start.addingTimeInterval(10)
        #expect(limit.wait(for: client, at: later) == 890)
        #expect(limit.wait(for: Self.client("dilnoza"), at: later) == nil)
        #expect(limit.wait(for: Self.client("aziz", from: "10.0.0.2"), at: later) == nil)
        #expect(limit.wait(for: Self.client("aziz", device: "known"), at: later) == nil)
        #expect(limit.wait(for: client, at: start.addingTimeInterval(900)) == nil)
    }

    @Test func aSuccessfulSignInClearsOnlyItsOwnName() {
        var limit = SignInLimit()
        for _ in 0..<5 { limit.begin(Self.client("aziz"), at: Samples.noon) }
        for _ in 0..<5 { limit.begin(Self.client("dilnoza"), at: Samples.noon) }
        limit.succeed(Self.client("aziz"))
        #expect(limit.wait(for: Self.client("aziz"), at: Samples.noon) == nil)
        #expect(limit.wait(for: Self.client("dilnoza"), at: Samples.noon) != nil)
    }

    @Test func manyFailedSignInsLockAnAddressAndAllUnknownBrowsersButNoKnownOne() {
        var limit = SignInLimit()
        for number in 0..<SignInLimit.triesOfAnAddress {
            let client = Self.client("name\(number)")
            #expect(limit.wait(for: client, at: Samples.noon) == nil)
            limit.begin(client, at: Samples.noon)
        }
        #expect(limit.wait(for: Self.client("another"), at: Samples.noon) == 900)
        #expect(limit.wait(for: Self.client("another", from: "10.0.0.2"), at: Samples.noon) == nil)
        for number in SignInLimit.triesOfAnAddress..<SignInLimit.triesOfStrangers {
            limit.begin(Self.client("name\(number)", from: "10.1.0.\(number)"), at: Samples.noon)
        }
        #expect(limit.wait(for: Self.client("another", from: "10.0.0.2"), at: Samples.noon) == 900)
        #expect(limit.wait(for: Self.client("another", device: "known"), at: Samples.noon) == nil)
    }

    @Test func aClockThatWasSetBackLocksNobodyOut() {
        var limit = SignInLimit()
        for _ in 0..<5 { limit.begin(Self.client("aziz"), at: Samples.noon) }
        #expect(limit.wait(for: Self.client("aziz"), at: Samples.noon.addingTimeInterval(-3600)) == nil)
    }

    @Test func aNewPasswordMakesTheMarksOfBrowsersInvalid() throws {
        let user = try ServedDesk.user("aziz", .maker)
        let mark = DeviceMark(of: user, random: Self.counting())
        #expect(DeviceMark(mark.text, of: user)?.id == mark.id)
        #expect(DeviceMark(mark.text, of: try ServedDesk.user("aziz", .maker, password: "another horse")) == nil)
        #expect(DeviceMark(mark.text, of: try ServedDesk.user("zafar", .maker)) == nil)
        for text in ["", ".", mark.id, mark.text + "x"] { #expect(DeviceMark(text, of: user) == nil) }
    }

    @Test func aSignInFormIsValidForHalfADayInItsBrowser() {
        let form = SignInForm(key: Array(repeating: 7, count: 32))
        let random = Self.counting()
        let nonce = form.nonce(kept: nil, at: Samples.noon, random: random)
        let later = Samples.noon.addingTimeInterval(600)
        #expect(form.nonce(kept: nonce, at: later, random: random) == nonce)
        #expect(form.nonce(kept: "1.a.b", at: later, random: random) != "1.a.b")
        let token = form.token(for: nonce)
        #expect(form.isValid(token, nonce: nonce, at: Samples.noon.addingTimeInterval(SignInForm.longest - 1)))
        #expect(!form.isValid(token, nonce: nonce, at: Samples.noon.addingTimeInterval(SignInForm.longest)))
        #expect(!form.isValid(token, nonce: form.nonce(kept: nil, at: later, random: random), at: later))
        #expect(!form.isValid("", nonce: "", at: later))
        #expect(!SignInForm(key: Array(repeating: 8, count: 32)).isValid(token, nonce: nonce, at: later))
    }

    @Test func sessionsEndWhenIdleAndInAnyCase() throws {
        let sessions = Sessions(random: Self.counting())
        let user = try ServedDesk.user("aziz", .maker)
        let (_, token) = sessions.begin(user, at: Samples.noon)
        func isFound(after seconds: TimeInterval, isPolling: Bool = false) -> Bool {
            sessions.find(token.text, at: Samples.noon.addingTimeInterval(seconds), isPolling: isPolling) != nil
        }
        #expect(isFound(after: Sessions.idle - 1))
        #expect(isFound(after: 2 * Sessions.idle - 2))
        // Requests of the page itself do not prolong a session.
        #expect(isFound(after: 3 * Sessions.idle - 4, isPolling: true))
        #expect(!isFound(after: 3 * Sessions.idle))
        let (_, second) = sessions.begin(user, at: Samples.noon)
        var seconds = 0.0
        while seconds < Sessions.longest - 60 {
            seconds += 60
            #expect(sessions.find(second.text, at: Samples.noon.addingTimeInterval(seconds)) != nil)
        }
        #expect(sessions.find(second.text, at: Samples.noon.addingTimeInterval(Sessions.longest)) == nil)
        #expect(sessions.sweep(at: Samples.noon.addingTimeInterval(Sessions.longest)).count == 2)
    }

    @Test func anUnknownTokenOpensNothing() throws {
        let sessions = Sessions(random: Self.counting())
        let (_, token) = sessions.begin(try ServedDesk.user("aziz", .maker), at: Samples.noon)
        #expect(sessions.find(String(token.text.dropLast()), at: Samples.noon) == nil)
        #expect(sessions.find("", at: Samples.noon) == nil)
        sessions.end(token.text)
        #expect(sessions.find(token.text, at: Samples.noon) == nil)
    }

    private final class LastByte: Sendable {
        private let value = Mutex<UInt8>(0)

        func next() -> UInt8 {
            value.withLock { value in
                value &+= 1
                return value
            }
        }
    }

    /// Returns other bytes at each call.
    private static func counting() -> @Sendable (Int) -> [UInt8] {
        let last = LastByte()
        return { count in Array(repeating: last.next(), count: count) }
    }

    @Test(arguments: [
        ("127.0.0.1:8700", "127.0.0.1"), ("LOCALHOST", "localhost"), ("[::1]:8700", "[::1]"), ("a.uz:443", "a.uz"),
    ])
    func aNameIsReadWithoutItsPort(authority: String, name: String) {
        #expect(OriginCheckMiddleware.name(of: authority) == name)
    }

    @Test(arguments: [
        ("payroll.csv", "payroll.csv"), ("C:\\Users\\a\\зарплата.csv", "зарплата.csv"), ("../../etc/passwd", "passwd"),
        ("", "file.csv"), ("/", "file.csv"), ("8600495473316478.csv", "860049******6478.csv"),
        ("и\u{306}.csv", "й.csv"),
        ("\(String(repeating: "й", count: 200)).csv", "\(String(repeating: "й", count: 200)).csv"),
    ])
    func aFileIsCalledAsTheCommandLineCallsIt(given: String, name: String) throws {
        #expect(try Array(Staging.name(for: given).utf8) == Array(name.utf8))
    }

    @Test(arguments: [
        "..", ".hidden", "a\u{0}b.csv", "a\nb.csv", "a.c\u{0}v", "\(String(repeating: "x", count: 201)).csv",
    ])
    func aFileThatCannotNameABatchIsRefused(given: String) {
        #expect(throws: BatchReference.Invalid.self) { try Staging.name(for: given) }
    }
}
