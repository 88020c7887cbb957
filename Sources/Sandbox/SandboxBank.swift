import Synchronization

/// A bank on loopback that implements the 15 methods of BM-MERCHANT-API 6.1 and keeps state.
///
///     let bank = try SandboxBank(configuration: SandboxConfiguration())
///     let running = try await bank.start(port: 0)
///     // … pay at running.baseURL …
///     bank.debits(of: 1668782814).count
///     try await running.stop()
///
/// It also works without HTTP, with the caller's own clock (`configuration.now`). Each request is then one call:
///
///     let reply = bank.take(ArrivedRequest(path: "/api/ext/user/login", body: body))
package final class SandboxBank: Sendable {
    package let configuration: SandboxConfiguration
    let state: Mutex<BankState>

    /// Creates a bank.
    /// - Throws: an error only if the configuration names a journal that cannot be read.
    package init(configuration: SandboxConfiguration = SandboxConfiguration()) throws {
        self.configuration = configuration
        state = Mutex(try BankState(configuration: configuration))
    }

    /// All debits until now, in order.
    package var debits: [Debit] { present { $0.debits } }

    package func debits(of agentTranId: Int64) -> [Debit] {
        present { $0.debits(of: agentTranId) }
    }

    /// All checked bills, in order, with their money.
    package var bills: [BillRecord] {
        present { state in
            let now = state.now
            return state.bills.all.map { BillRecord($0, at: now) }
        }
    }

    /// All SMS messages, in order.
    package var textMessages: [TextMessage] { present { $0.textMessages } }

    /// All requests to a method of the bank, in order. Requests to /sandbox/… are not counted.
    package var requests: [RecordedRequest] { state.withLock { $0.requests } }

    /// The largest number of pay requests that were in flight at the same time over HTTP.
    package var mostOpenRequests: Int { state.withLock { $0.mostOpenPays } }

    /// The number of times that each fault took effect. A fault that found nothing to change is not counted. A late
    /// debit or a reversal counts when it happens.
    package var firedFaults: [Fault: Int] { present { $0.firedFaults } }

    /// Carries out the actions that are due, and then gives access to the state.
    func present<Result>(_ look: (inout BankState) throws -> Result) rethrows -> Result {
        try state.withLock { state in
            state.catchUp()
            return try look(&state)
        }
    }

    /// Switches all faults off. Actions that are already scheduled still happen.
    package func recover() {
        state.withLock { $0.configuration.faults = .none }
    }

    /// Serves on 127.0.0.1. Port 0 takes any free port. It throws if the port is taken.
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
