/// One send of a payment order, and what is to become of it.
struct PaySend: Sendable {
    let order: PayOrder
    let card: TestCard.Outcome?
    let fault: Fault?
    /// Which send of its agentTranId it is, from 1.
    let number: Int
    private let hash: SeededHash

    init(_ order: PayOrder, number: Int, cameByRedirect: Bool, configuration: SandboxConfiguration) {
        self.order = order
        self.number = number
        hash = SeededHash(seed: ~configuration.seed)
        card = cameByRedirect ? nil : TestCard(pan: order.pan)?.outcome
        // A test card does what its row says and nothing else, and whoever follows a redirect shall see where it leads.
        fault =
            card == nil && !cameByRedirect
            ? configuration.faults.fault(
                of: .pay, seed: configuration.seed, id: order.agentTranId, number: number) : nil
    }

    /// Whether a fault that may come before or after the debit comes before it: half of them do.
    var isBeforeDebit: Bool { draw(1).isMultiple(of: 2) }

    /// One of the catalogue's errors that leave it open whether money moved.
    var serverError: BankError { BankError.ofServer[Int(draw(2) % UInt64(BankError.ofServer.count))] }

    /// One of the catalogue's refusals of an order.
    var refusal: BankError { BankError.ofOrder[Int(draw(3) % UInt64(BankError.ofOrder.count))] }

    private func draw(_ question: UInt64) -> UInt64 {
        // The first question is asked without its number, as it always was: old seeds keep their runs.
        let id = UInt64(bitPattern: order.agentTranId)
        return question == 1 ? hash.value(id, UInt64(number)) : hash.value(id, UInt64(number), question)
    }
}
