import Fixtures
import PaymentValues
import Payouts
import Processing
import Synchronization

/// A bank that pays everything, and holds its answers back until they are released.
final class HeldBank: Bank {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isReleased = false
    }

    private let state = Mutex(State())

    /// How many payments wait for their answers.
    var heldPayments: Int { state.withLock { $0.waiting.count } }

    /// Gives all answers that were held back, and every later one at once.
    func release() {
        let waiting = state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func signIn() async -> SignIn { .ready(isSandbox: true) }

    func pay(_ order: PayoutOrder) async -> Outcome {
        await withCheckedContinuation { continuation in
            let isReleased = state.withLock { state in
                if !state.isReleased { state.waiting.append(continuation) }
                return state.isReleased
            }
            if isReleased { continuation.resume() }
        }
        return .paid(Samples.receipt)
    }

    func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding {
        .notFound(Reason(.notFoundAtBank))
    }
}
