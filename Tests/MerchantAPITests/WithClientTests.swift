import Foundation
import Logging
import MerchantAPI
import NIOCore
import NIOPosix
import NIOSSL
import PaymentValues
import Synchronization
import Testing

/// Tests the start and the end of a client.
@Suite(.timeLimit(.minutes(1))) struct WithClientTests {
    private struct Mishap: Error {}

    private func configuration(_ bank: RawBank, tls: TLSConfiguration = .makeClientConfiguration()) throws
        -> MerchantClient.Configuration
    {
        MerchantClient.Configuration(
            address: try BankAddress(bank.url), username: "agent", password: Password("sesame"),
            requestTimeout: .seconds(20), tls: tls)
    }

    @Test func theClientIsShutDownWhenTheBodyReturns() async throws {
        let bank = try await RawBank { _ in MerchantClientTests.granted }
        let kept = try await MerchantClient.withClient(configuration: try configuration(bank)) { client in
            try await client.ensureSignedIn()
            return client
        }
        await #expect(throws: MerchantError(method: .login, cause: .notSent("the client was shut down"))) {
            try await kept.login()
        }
        #expect(bank.seen.count == 1, "nothing is sent after the end")
        try await bank.stop()
    }

    @Test func theClientIsShutDownWhenTheBodyThrowsAndItsErrorIsTheOneThatIsHeard() async throws {
        let bank = try await RawBank { _ in MerchantClientTests.granted }
        let kept = Mutex<MerchantClient?>(nil)
        await #expect(throws: Mishap.self) {
            try await MerchantClient.withClient(configuration: try configuration(bank)) { client in
                kept.withLock { $0 = client }
                try await client.ensureSignedIn()
                throw Mishap()
            }
        }
        let client = try #require(kept.withLock { $0 })
        await #expect(throws: MerchantError(method: .login, cause: .notSent("the client was shut down"))) {
            try await client.login()
        }
        #expect(bank.seen.count == 1, "nothing is sent after the end")
        try await bank.stop()
    }

    @Test func aTLSConfigurationThatCannotBeUsedIsRefusedWhenTheClientIsMade() throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file("/nowhere/roots.pem")
        let configuration = MerchantClient.Configuration(
            address: try BankAddress("https://bank.example"), username: "agent", password: Password("sesame"), tls: tls)
        #expect(throws: (any Error).self) { try MerchantClient(configuration: configuration) }
    }

    @Test func theCallersEventLoopCarriesTheConnections() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let bank = try await RawBank { _ in MerchantClientTests.granted }
        let log = Log()
        let logger = Logger(label: "bank") { _ in Handler(log: log) }
        try await MerchantClient.withClient(
            configuration: try configuration(bank), eventLoopGroup: group, logger: logger
        ) {
            try await $0.ensureSignedIn()
        }
        let loops = log.loops.withLock { $0 }
        #expect(loops.contains(ObjectIdentifier(group.any())), "the pool speaks on the loop of its connections")
        try await group.shutdownGracefully()
        try await bank.stop()
    }

    @Test func theLoggerHearsOfConnectionsLoginsAndFailedCallsAndOfNoSecret() async throws {
        let bank = try await RawBank {
            $0.path == MerchantClientTests.login
                ? MerchantClientTests.granted : .json(400, #"{"detail":"card_not_found"}"#)
        }
        let log = Log()
        try await MerchantClient.withClient(
            configuration: try configuration(bank), logger: Logger(label: "bank") { _ in Handler(log: log) }
        ) { client in
            _ = await #expect(throws: MerchantError.self) {
                try await client.status(StatusRequest(id: try AgentTransactionID(100_000_000_000_001)))
            }
        }
        let lines = log.lines.withLock { $0 }
        for message in ["connection opened", "got a token", "a call to the bank failed", "connection closed"] {
            #expect(lines.contains { $0.hasPrefix(message) }, "\(message) in \(lines)")
        }
        #expect(lines.contains { $0.contains("card_not_found") })
        #expect(!lines.contains { $0.contains("sesame") || $0.contains("secret-token") }, "\(lines)")
        try await bank.stop()
    }

    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
        let loops = Mutex<Set<ObjectIdentifier>>([])
    }

    private struct Handler: LogHandler {
        let log: Log
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
            if let loop = MultiThreadedEventLoopGroup.currentEventLoop {
                log.loops.withLock { _ = $0.insert(ObjectIdentifier(loop)) }
            }
        }
    }
}
