/// Method 15: pays an order.
extension BankState {
    /// The path that a redirect points to. A client that follows it with the body makes a payment.
    static let movedPayPath = "/services/bmms/api/ext/agent/pay/moved"

    func nextSend(of order: PayOrder, cameByRedirect: Bool) -> PaySend {
        PaySend(
            order, number: sends(of: order.agentTranId) + 1, cameByRedirect: cameByRedirect,
            configuration: configuration)
    }

    /// Returns the end of a request that the bank never reads, or `nil`. The random draw needs the id. So the sandbox
    /// reads the id, although the simulated bank does not.
    mutating func lose(_ send: PaySend, isOnUsedConnection: Bool) -> Reply? {
        guard let delivery = delivery(losing: send.fault, isOnUsedConnection: isOnUsedConnection) else { return nil }
        countSend(of: send.order.agentTranId)
        return silence(send.fault, delivery)
    }

    /// Returns how a request ends that does not arrive, or `nil` if it arrives.
    mutating func delivery(losing fault: Fault?, isOnUsedConnection: Bool) -> Reply.Delivery? {
        switch fault {
        case .connectionRefused: .refused(for: beginOutage())
        case .closedUnread: .closed
        case .resetOnReuse where isOnUsedConnection: .reset
        default: nil
        }
    }

    mutating func pay(_ send: PaySend) throws -> Reply {
        countSend(of: send.order.agentTranId)
        if let reply = reject(send) { return reply }
        if let reply = try fail(send) { return reply }
        let reply = reply(to: send, try settle(send.order, send.card))
        switch send.card {
        case .paidLate: return reply.after(configuration.lateAnswer)
        case .paidThenClosed: return .silence(.closed, outcome: "paid, closed")
        case .paidThenHeld: return Reply.silence(.closed, outcome: "paid, held").after(configuration.hold)
        default: return swap(onTheWay(reply, send.fault), send)
        }
    }

    /// Executes an order, at once or late.
    private mutating func settle(_ order: PayOrder, _ card: TestCard.Outcome?) throws -> PaySettlement {
        if let known = payment(agentTranId: order.agentTranId), configuration.repeats != .doubleDebit {
            return configuration.repeats == .reject ? .refused(.invalidParams) : .payment(known)
        }
        guard Digits.passLuhn(order.pan) else { return try refuse(order, .cardNotFound) }
        switch card {
        case .refused(.insufficientFundsOnDeposit):
            // This error is about the company and not the order. The id stays free, and the order may be sent again.
            return .refused(.insufficientFundsOnDeposit)
        case .refused(let error): return try refuse(order, error)
        case .debitErrorNotPaid: return try refuse(order, .debitError)
        case .errorInResult:
            return .payment(try record(order, state: .failed, isDebited: false, detail: .cardNotFound))
        case .payingForever:
            return .payment(try record(order, state: .paying, isDebited: false, detail: .timeout))
        default: break
        }
        guard holds(order.amountTiyin, account: order.account) else { return .refused(.insufficientFundsOnDeposit) }
        let payment =
            switch card {
            case .debitErrorThoughPaid: try record(order, state: .success, isDebited: true, detail: .debitError)
            case .needsReverse: try record(order, state: .debited, isDebited: true, detail: .billingErrorNeedReverse)
            case .payingThreeTimes: try record(order, state: .paying, isDebited: true, detail: .timeout, queries: 3)
            default: try record(order, state: .success, isDebited: true)
            }
        return .payment(payment)
    }

    mutating func refuse(_ order: PayOrder, _ error: BankError) throws -> PaySettlement {
        _ = try record(order, state: .failed, isDebited: false, detail: error)
        return .refused(error)
    }

    mutating func carryOut(_ action: ScheduledAction.Action) throws {
        switch action {
        // Check the id now: a repeated order may have used it meanwhile.
        case .pay(let order):
            let debitsBefore = debits.count
            _ = try settle(order, nil)
            if debits.count > debitsBefore { fired(.lateDebit) }
        case .reverse(let bmId):
            if try reverse(bmId: bmId) { fired(.reversedLater) }
        }
    }
}
