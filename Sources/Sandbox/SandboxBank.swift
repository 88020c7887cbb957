import Synchronization

/// A bank on loopback that speaks the 15 methods of BM-MERCHANT-API 6.1, with state.
///
///     let bank = try SandboxBank(configuration: SandboxConfiguration())
///     let running = try await bank.start(port: 0)
///     // … pay at running.baseURL …
///     bank.debits(of: 1668782814).count
///     try await running.stop()
///
/// Without HTTP, in a time of the caller's own (`configuration.now`), each request is one call:
///
///     let reply = bank.take(ArrivedRequest(path: "/api/ext/user/login", body: body))
package final class SandboxBank: Sendable {
    package let configuration: SandboxConfiguration
    let state: Mutex<BankState>

    /// Throws only if the configuration names a journal that cannot be read.
    package init(configuration: SandboxConfiguration = SandboxConfiguration()) throws {
        self.configuration = configuration
        state = Mutex(try BankState(configuration: configuration))
    }

    /// Every debit made by now, in order.
    package var debits: [Debit] { present { $0.debits } }

    package func debits(of agentTranId: Int64) -> [Debit] {
        present { $0.debits(of: agentTranId) }
    }

    /// Every bill that was checked, in order, and where its money is.
    package var bills: [BillRecord] {
        present { state in
            let now = state.now
            return state.bills.all.map { BillRecord($0, at: now) }
        }
    }

    /// Every SMS that was sent, in order.
    package var textMessages: [TextMessage] { present { $0.textMessages } }

    /// Every request to a method of the bank, in order. Those to /sandbox/… are not counted.
    package var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// The highest number of pay requests that were open at once over HTTP.
    package var mostOpenRequests: Int { state.withLock { $0.mostOpenPays } }

    /// How often each fault was met: one that was drawn but found nothing to spoil is not counted, and a late debit or
    /// a reversal counts when it happens.
    package var firedFaults: [Fault: Int] { present { $0.firedFaults } }

    /// The state as of now: what has come due in the meantime is done first.
    func present<Result>(_ look: (inout BankState) throws -> Result) rethrows -> Result {
        try state.withLock { state in
            state.catchUp()
            return try look(&state)
        }
    }

    /// From now on no fault is met. What is on its way already goes on as it was to.
    package func recover() {
        state.withLock { $0.configuration.faults = .none }
    }

    /// Serves on 127.0.0.1; port 0 takes any free one. Throws if the port is taken.
    package func start(port: Int = 0) async throws -> RunningSandbox {
        let (ports, found) = AsyncStream<Int>.makeStream()
        let listening = ListeningPort()
        let serving = Task {
            defer { found.finish() }
            try await listening.serve(self, port: port) { found.yield($0) }
        }
        for await port in ports {
            return RunningSandbox(port: port, serving: serving)
        }
        try await serving.value
        throw CancellationError()
    }
}
