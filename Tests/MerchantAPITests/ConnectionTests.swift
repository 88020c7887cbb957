import Fixtures
import Foundation
import NIOSSL
import PaymentValues
import Synchronization
import Testing

@testable import MerchantAPI

/// Tests how the client uses connections, and what their ends prove.
@Suite struct ConnectionTests {
    private typealias Client = MerchantClientTests

    private func client(
        _ url: String, tls: TLSConfiguration = .makeClientConfiguration(), connections: Int = 4,
        timeout: Duration = .seconds(20), connectTimeout: Duration = .seconds(10)
    ) throws -> MerchantClient {
        try MerchantClient(
            configuration: .init(
                address: BankAddress(url), username: "agent", password: Password("hidden"), requestTimeout: timeout,
                connectTimeout: connectTimeout, maximumConnections: connections, tls: tls))
    }

    private func bank(_ reply: RawBank.Reply) async throws -> RawBank {
        try await RawBank { $0.path == Client.login ? Client.granted : reply }
    }

    private func error(_ work: () async throws -> Void) async throws -> MerchantError.Cause? {
        do {
            try await work()
            return nil
        } catch let error as MerchantError {
            return error.cause
        }
    }

    @Test func connectionsAreUsedAgainAndAreNeverMoreThanTheLimit() async throws {
        let bank = try await bank(.json(200, Client.paid))
        let client = try client(bank.url, connections: 3)
        let order = Samples.order
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<60 { group.addTask { try await client.pay(order).proves(order) } }
            for try await isPaid in group { #expect(isPaid) }
        }
        #expect(bank.count(Client.pay) == 60)
        #expect((1...3).contains(Set(bank.seen.map(\.connection)).count))
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aRequestThatFindsNoFreeConnectionInTimeSendsNothing() async throws {
        let bank = try await bank(.hang)
        let client = try client(bank.url, connections: 1, connectTimeout: .milliseconds(200))
        let order = Samples.order
        let first = Task { try await client.pay(order) }
        try await wait(for: "the payout at the bank") { bank.count(Client.pay) > 0 }
        let late = try await error { _ = try await client.pay(order) }
        #expect(late == .notSent("no connection became free in time"))
        first.cancel()
        await #expect(throws: MerchantError(method: .payout, cause: .noAnswer(.cancelled))) { try await first.value }
        #expect(bank.count(Client.pay) == 1)
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aCancelledRequestInLineSendsNothingAndTheNextIsSent() async throws {
        let gate = Gate()
        let bank = try await RawBank { seen in
            if seen.path == Client.login { return Client.granted }
            return gate.isFirst() ? .hang : .json(200, Client.paid)
        }
        let client = try client(bank.url, connections: 1)
        let order = Samples.order
        let first = Task { try await client.pay(order) }
        try await wait(for: "the payout at the bank") { bank.count(Client.pay) > 0 }
        let second = Task { try await client.pay(order) }
        second.cancel()
        await #expect(throws: MerchantError(method: .payout, cause: .notSent("ended before it was sent"))) {
            try await second.value
        }
        let third = Task { try await client.pay(order) }
        first.cancel()
        await #expect(throws: MerchantError(method: .payout, cause: .noAnswer(.cancelled))) { try await first.value }
        #expect(try await third.value.proves(order))
        #expect(bank.count(Client.pay) == 2)
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func bytesAfterAnAnswerAreNotReadAsTheNextAnswer() async throws {
        let other = Client.paid.replacing("100000000000001", with: "100000000000002")
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(Client.paid.utf8.count)\r\n\r\n\(Client.paid)"
        let more = "HTTP/1.1 200 OK\r\nContent-Length: \(other.utf8.count)\r\n\r\n\(other)"
        let bank = try await RawBank { $0.path == Client.login ? Client.granted : .bytes(answer + more) }
        let client = try client(bank.url, connections: 1)
        let order = Samples.order
        for _ in 1...3 { #expect(try await client.pay(order).proves(order)) }
        // Each payment has its own connection. Only the first one shares it with the login.
        #expect(Set(bank.seen.filter { $0.path == Client.pay }.map(\.connection)).count == 3)
        try await client.shutdown()
        try await bank.stop()
    }

    @Test func aClientThatWasShutDownSendsNothing() async throws {
        let bank = try await bank(.hang)
        let client = try client(bank.url)
        let order = Samples.order
        let waiting = Task { try await client.pay(order) }
        try await wait(for: "the payout at the bank") { bank.count(Client.pay) > 0 }
        try await client.shutdown()
        guard case .noAnswer(.connectionLost)? = try await error({ _ = try await waiting.value }) else {
            Issue.record("a payout on its way when the client was shut down")
            return
        }
        let late = try await error { _ = try await client.pay(order) }
        #expect(late == .notSent("the client was shut down"))
        #expect(bank.count(Client.pay) == 1)
        try await bank.stop()
    }

    @Test func aPortThatNobodyAnswersAtProvesThatNothingWasSent() async throws {
        // A server that listens and accepts no connection, so that a TLS handshake never ends.
        let bank = try await RawBank { _ in .hang }
        let client = try client(bank.url.replacing("http:", with: "https:"), connectTimeout: .milliseconds(300))
        let error = try await error { try await client.ensureSignedIn() }
        #expect(error == .loginFailed(.notSent("no connection could be opened in time")))
        try await client.shutdown()
        try await bank.stop()
    }
}

extension ConnectionTests {
    @Test func aBankIsPaidAtOverTLSAndMustProveItsName() async throws {
        let ours = try Certificate(for: "IP:127.0.0.1,DNS:localhost")
        let bank = try await RawBank(tls: ours.server) {
            $0.path == Client.login ? Client.granted : .json(200, Client.paid)
        }
        let order = Samples.order
        for url in [bank.url, bank.url.replacing("127.0.0.1", with: "localhost")] {
            let client = try client(url, tls: ours.trusting)
            #expect(try await client.pay(order).proves(order))
            try await client.shutdown()
        }
        #expect(bank.count(Client.pay) == 2)

        let stranger = try client(bank.url)
        let untrusted = try await error { _ = try await stranger.pay(order) }
        #expect(untrusted == .loginFailed(.notSent("TLS could not be agreed")))
        try await stranger.shutdown()
        try await bank.stop()
        #expect(bank.seen.count == 4)
    }

    @Test func aCertificateForAnotherNameProvesThatNothingWasSent() async throws {
        let other = try Certificate(for: "DNS:elsewhere.example")
        let bank = try await RawBank(tls: other.server) { _ in Client.granted }
        let client = try client(bank.url.replacing("127.0.0.1", with: "localhost"), tls: other.trusting)
        let error = try await error { try await client.ensureSignedIn() }
        #expect(error == .loginFailed(.notSent("the bank's certificate is for another name")))
        #expect(bank.seen.isEmpty)
        try await client.shutdown()
        try await bank.stop()
    }
}

extension ConnectionTests {
    /// Others on the network can read older versions.
    @Test(arguments: [TLSVersion.tlsv1, .tlsv11])
    func aBankWithAnOldTLSGetsNothing(version: TLSVersion) async throws {
        let ours = try Certificate(for: "IP:127.0.0.1", upTo: version)
        let bank = try await RawBank(tls: ours.server) { _ in Client.granted }
        var permissive = ours.trusting
        permissive.minimumTLSVersion = .tlsv1
        for tls in [ours.trusting, permissive] {
            let client = try client(bank.url, tls: tls)
            let error = try await error { try await client.ensureSignedIn() }
            #expect(error == .loginFailed(.notSent("TLS could not be agreed")))
            try await client.shutdown()
        }
        #expect(bank.seen.isEmpty)
        try await bank.stop()
    }

    @Test func aBankThatAsksForACertificateIsShownTheCallers() async throws {
        let ours = try Certificate(for: "IP:127.0.0.1")
        let bank = try await RawBank(tls: ours.serverAskingForCertificate) { _ in Client.granted }
        var withCertificate = ours.trusting
        withCertificate.certificateChain = ours.chain
        withCertificate.privateKey = ours.privateKey
        let client = try client(bank.url, tls: withCertificate)
        try await client.ensureSignedIn()
        try await client.shutdown()

        let nameless = try self.client(bank.url, tls: ours.trusting)
        await #expect(throws: MerchantError.self) { try await nameless.ensureSignedIn() }
        #expect(bank.seen.count == 1)
        try await nameless.shutdown()
        try await bank.stop()
    }
}

/// A self-signed certificate that is valid for a day.
private struct Certificate {
    let chain: [NIOSSLCertificateSource]
    let privateKey: NIOSSLPrivateKeySource
    let server: NIOSSLContext
    let serverAskingForCertificate: NIOSSLContext
    let trusting: TLSConfiguration

    /// - Parameter version: the newest version of TLS that the server knows.
    init(for names: String, upTo version: TLSVersion? = nil) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (key, certificate) = (folder.appending(path: "key.pem").path, folder.appending(path: "cert.pem").path)
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "1",
            "-keyout", key, "-out", certificate, "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        let certificates = try NIOSSLCertificate.fromPEMFile(certificate)
        chain = certificates.map { .certificate($0) }
        privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        try FileManager.default.removeItem(at: folder)
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: privateKey)
        if let version {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = version
        }
        server = try NIOSSLContext(configuration: configuration)
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates(certificates)
        serverAskingForCertificate = try NIOSSLContext(configuration: configuration)
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .certificates(certificates)
        trusting = client
    }
}

/// Returns `true` to the first caller only.
private final class Gate: Sendable {
    private let asked = Mutex(false)

    func isFirst() -> Bool {
        asked.withLock { asked in
            defer { asked = true }
            return !asked
        }
    }
}
