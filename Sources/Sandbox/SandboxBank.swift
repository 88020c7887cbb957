import Hummingbird
import Synchronization

/// A bank on loopback that speaks login, refresh-token, the payout of method 15 and /agent/status, with state.
///
///     let bank = try SandboxBank(configuration: SandboxConfiguration())
///     let running = try await bank.start(port: 0)
///     // … pay at running.baseURL …
///     bank.debits(of: 1668782814).count
///     try await running.stop()
package final class SandboxBank: Sendable {
    package let configuration: SandboxConfiguration
    let state: Mutex<BankState>

    /// Throws only if the configuration names a journal that cannot be read.
    package init(configuration: SandboxConfiguration = SandboxConfiguration()) throws {
        self.configuration = configuration
        state = Mutex(try BankState(configuration: configuration))
    }

    /// Every debit, in order.
    package var debits: [Debit] { state.withLock { $0.debits } }

    package func debits(of agentTranId: Int64) -> [Debit] {
        state.withLock { $0.debits(of: agentTranId) }
    }

    /// Every request to a method of the bank, in order. Those to /sandbox/… are not counted.
    package var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// The highest number of pay requests that were open at once.
    package var mostOpenRequests: Int { state.withLock { $0.mostOpenPays } }

    /// Serves on 127.0.0.1; port 0 takes any free one. Throws if the port is taken.
    package func start(port: Int = 0) async throws -> RunningSandbox {
        let (ports, found) = AsyncStream<Int>.makeStream()
        var application = Application(
            responder: SandboxResponder(bank: self),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port), backlog: 1024),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { found.yield(port) }
                found.finish()
            })
        // A stop cuts connections on purpose, which the server would report as errors.
        application.logger.logLevel = .critical
        let serving = Task { [application] in
            defer { found.finish() }
            try await application.run()
        }
        for await port in ports {
            return RunningSandbox(port: port, serving: serving)
        }
        try await serving.value
        throw CancellationError()
    }
}
