import Fixtures
import Foundation
import MerchantAPI
import PaymentValues
import Sandbox
import Synchronization

/// Carries the requests of one life of the program to the sandbox bank, in the loop's time. Closed, cut or slow answers
/// become the errors that the HTTP client would report.
final class SimulatedNetwork: Transport {
    private let bank: SandboxBank
    private let loop: VirtualLoop
    private let timeout: Duration
    /// The delay of each direction, in seconds.
    private let latency: ClosedRange<Double>
    private let tellSent: @Sendable (SentPayment) -> Void
    private let random: Mutex<SeededGenerator>
    private let state = Mutex(State())

    private struct State {
        var isCut = false
        var payments = 0
        var mostPayments = 0
    }

    /// - Parameters:
    ///   - permission: what people agreed to. Every payment is compared with it as it leaves.
    /// - other: a bank other than the story's. Nobody checks what it gets.
    init(
        for simulation: Simulation, under permission: Permission, to other: SandboxBank? = nil, timeout: Duration,
        seed: UInt64
    ) {
        bank = other ?? simulation.bank
        loop = simulation.loop
        latency = simulation.story.latency
        self.timeout = timeout
        random = Mutex(SeededGenerator(seed: seed))
        tellSent = { [unowned simulation] payment in
            guard other == nil else { return }
            simulation.lastSent[payment.id] = simulation.loop.now
            simulation.sends[payment.id.number, default: 0] += 1
            simulation.judge(payment.content, by: permission)
        }
    }

    /// The largest number of payments in flight at once.
    var mostPayments: Int { state.withLock { $0.mostPayments } }

    /// Stops all further requests, because the program is dead. Requests that have left still arrive.
    func cut() {
        state.withLock { $0.isCut = true }
    }

    func shutdown() async throws {
        // There are no connections to close.
    }

    func carry(_ request: WireRequest) async throws(MerchantError.Cause) -> RawAnswer {
        guard state.withLock({ !$0.isCut }) else { throw .notSent("the program is dead") }
        let isPayment = request.path.hasSuffix("/ext/agent/pay")
        if isPayment {
            state.withLock { state in
                state.payments += 1
                state.mostPayments = max(state.mostPayments, state.payments)
            }
            if let payment = SentPayment(request.body) { tellSent(payment) }
        }
        defer { if isPayment { state.withLock { $0.payments -= 1 } } }
        let deadline = loop.now + timeout
        try await wait(way(), until: deadline)
        let reply = bank.take(
            ArrivedRequest(path: request.path, authorization: request.authorization, body: Data(request.body.utf8)))
        return try await receive(reply, until: deadline)
    }

    private func way() -> Duration {
        .seconds(random.withLock { Double.random(in: latency, using: &$0) })
    }

    /// Waits, but no longer than the hard timeout.
    private func wait(_ duration: Duration, until deadline: Duration) async throws(MerchantError.Cause) {
        let left = deadline - loop.now
        do {
            try await loop.sleep(min(duration, left))
        } catch {
            throw .noAnswer(.cancelled)
        }
        if duration > left { throw .noAnswer(.timeout) }
    }

    private func receive(_ reply: Reply, until deadline: Duration) async throws(MerchantError.Cause) -> RawAnswer {
        try await wait(reply.delay + way(), until: deadline)
        switch reply.delivery {
        case .whole: return try answer(reply)
        case .trickled(let interval):
            try await wait(interval * reply.body.count, until: deadline)
            return try answer(reply)
        case .cut, .closed: throw .noAnswer(.connectionLost("remoteConnectionClosed"))
        case .reset: throw .noAnswer(.connectionLost("IOError"))
        case .refused: throw .notSent("the connection was refused")
        case .swapped(let swap):
            let swapped: Reply
            do {
                swapped = try await swap.answer { [loop] in try await loop.sleep($0) }
            } catch {
                throw .noAnswer(.cancelled)
            }
            if loop.now > deadline { throw .noAnswer(.timeout) }
            return try await receive(swapped, until: deadline)
        }
    }

    private func answer(_ reply: Reply) throws(MerchantError.Cause) -> RawAnswer {
        let body = Array(reply.body)
        guard body.count <= 1 << 20 else { throw .untrusted(httpStatus: reply.status, why: "the body is over 1 MB") }
        let retryAfter = reply.headers.first { $0.name == "Retry-After" }.flatMap { Int($0.value) }
        return RawAnswer(httpStatus: reply.status, retryAfterSeconds: retryAfter, body: body)
    }
}

/// A payment as it leaves for the bank.
private struct SentPayment {
    let id: AgentTransactionID
    let content: Paperwork.Content

    init?(_ body: String) {
        func text(after key: String, where belongs: (Character) -> Bool) -> String? {
            body.firstRange(of: "\"\(key)\":").map {
                String(body[$0.upperBound...].drop { $0 == "\"" }.prefix(while: belongs))
            }
        }
        guard let number = text(after: "agentTranId", where: \.isNumber).flatMap({ Int64($0) }),
            let amount = text(after: "amount", where: \.isNumber).flatMap({ Int64($0) }),
            let pan = text(after: "pan", where: \.isNumber)
        else { return nil }
        do {
            id = try AgentTransactionID(number)
            content = Paperwork.Content(card: try CardNumber(pan), amount: Tiyin(amount))
        } catch {
            return nil
        }
    }
}
