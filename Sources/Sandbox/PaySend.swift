/// One send of a payment order, with the fault that hits it.
struct PaySend: Sendable {
    let order: PayOrder
    let card: TestCard.Outcome?
    let fault: Fault?
    /// The number of this send of its agentTranId, from 1.
    let number: Int
    private let hash: SeededHash

    init(_ order: PayOrder, number: Int, cameByRedirect: Bool, configuration: SandboxConfiguration) {
        self.order = order
        self.number = number
        hash = SeededHash(seed: ~configuration.seed)
        card = cameByRedirect ? nil : TestCard(pan: order.pan)?.outcome
        // Draw no random fault in two cases. A test card has exactly one effect. A client that follows a redirect must
        // show where the redirect leads.
        fault =
            card == nil && !cameByRedirect
            ? configuration.faults.fault(
                of: .pay, seed: configuration.seed, id: order.agentTranId, number: number) : nil
    }

    /// Whether a fault that may come before or after the debit comes before it. Half of them do.
    var isBeforeDebit: Bool { draw(1).isMultiple(of: 2) }

    /// An error of the catalogue that does not prove whether money moved.
    var serverError: BankError { BankError.ofServer[Int(draw(2) % UInt64(BankError.ofServer.count))] }

    /// An error of the catalogue that refuses an order.
    var refusal: BankError { BankError.ofOrder[Int(draw(3) % UInt64(BankError.ofOrder.count))] }

    private func draw(_ question: UInt64) -> UInt64 {
        // The first question is hashed without its number, so that old seeds keep their results.
        let id = UInt64(bitPattern: order.agentTranId)
        return question == 1 ? hash.value(id, UInt64(number)) : hash.value(id, UInt64(number), question)
    }
}
