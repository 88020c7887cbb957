import PaymentValues
import Payouts
import Synchronization

@testable import Processing

/// A bank in memory. The test chooses each answer in advance, by the number of the row's card and of the send.
final class ScriptedBank: Bank {
    typealias Pay = @Sendable (_ order: PayoutOrder, _ send: Int) async -> Outcome
    typealias Status = @Sendable (_ id: AgentTransactionID, _ asking: Int) async -> StatusFinding

    struct Log {
        var orders: [PayoutOrder] = []
        var askings: [AgentTransactionID] = []
        /// The amount in the last question about each id.
        var expected: [AgentTransactionID: Tiyin] = [:]
        var signIns = 0
        var open = 0
        var mostOpen = 0
    }

    private let log = Mutex(Log())
    private let signInAnswer: SignIn
    private let payAnswer: Pay
    private let statusAnswer: Status

    init(
        signIn: SignIn = .ready(), pay: @escaping Pay = { _, _ in .paid(BankReceipt(bmID: 1)) },
        status: @escaping Status = { _, _ in .notFound(Reason(.notFoundAtBank)) }
    ) {
        signInAnswer = signIn
        payAnswer = pay
        statusAnswer = status
    }

    var seen: Log { log.withLock { $0 } }

    func signIn() async -> SignIn {
        log.withLock { $0.signIns += 1 }
        return signInAnswer
    }

    func pay(_ order: PayoutOrder) async -> Outcome {
        let send = log.withLock { log in
            log.orders.append(order)
            log.open += 1
            log.mostOpen = max(log.mostOpen, log.open)
            return log.orders.count { $0.id == order.id }
        }
        defer { log.withLock { $0.open -= 1 } }
        return await payAnswer(order, send)
    }

    func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding {
        let asking = log.withLock { log in
            log.askings.append(id)
            log.expected[id] = amount
            return log.askings.count { $0 == id }
        }
        return await statusAnswer(id, asking)
    }
}
