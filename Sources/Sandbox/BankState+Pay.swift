/// Method 15: what a payment order comes to.
extension BankState {
    /// The path that the redirecting test card points at: whoever follows it with the body pays.
    static let movedPayPath = "/services/bmms/api/ext/agent/pay/moved"

    mutating func pay(_ order: PayOrder, cameByRedirect: Bool) throws -> Reply {
        let send = countSend(of: order.agentTranId)
        let card = cameByRedirect ? nil : TestCard(pan: order.pan)?.outcome
        // A test card does what its row says and nothing else, so faults pass it by.
        let fault =
            card == nil
            ? configuration.faults.fault(seed: configuration.seed, agentTranId: order.agentTranId, send: send) : nil
        if let reply = replyBeforePaying(card, fault, order: order, send: send) { return reply }

        if let known = payment(agentTranId: order.agentTranId), configuration.repeats != .doubleDebit {
            if configuration.repeats == .reject { return dress(.error(.invalidParams), fault) }
            return dress(answer(for: known, order, card, fault), fault)
        }
        guard Digits.passLuhn(order.pan) else {
            return dress(try refuse(order, .cardNotFound), fault)
        }
        let isDebiting =
            switch card {
            case .refused, .debitErrorNotPaid, .errorInResult, .payingForever: false
            default: true
            }
        if isDebiting, !holds(order.amountTiyin, account: order.account) {
            return dress(.error(.insufficientFundsOnDeposit), fault)
        }
        return dress(try settle(order, card, fault), fault, card: card)
    }

    /// Answers that come before the payment is looked at: they leave nothing behind.
    private func replyBeforePaying(_ card: TestCard.Outcome?, _ fault: Fault?, order: PayOrder, send: Int) -> Reply? {
        switch card {
        case .closedBeforePaying: return .silence(.closed, outcome: "closed before paying")
        case .badGateway: return .gatewayPage(status: 502, title: "Bad Gateway")
        case .tooManyRequestsOnce where send == 1: return .tooManyRequests
        case .unauthorizedOnce where send == 1: return .error(.badCredentials)
        case .redirect: return .redirect(to: Self.movedPayPath)
        default: break
        }
        switch fault {
        case .closeBeforeDebit: return .silence(.closed, outcome: Fault.closeBeforeDebit.rawValue)
        case .http503: return .gatewayPage(status: 503, title: "Service Temporarily Unavailable")
        case .tooManyRequests: return .tooManyRequests
        case .tokenExpired: return .error(.badCredentials)
        case .http500:
            let coin = SeededHash(seed: ~configuration.seed)
                .value(UInt64(bitPattern: order.agentTranId), UInt64(send))
            return coin.isMultiple(of: 2) ? .uncatalogued : nil
        default: return nil
        }
    }

    private mutating func settle(_ order: PayOrder, _ card: TestCard.Outcome?, _ fault: Fault?) throws -> Reply {
        let payment: Payment
        switch card {
        case .refused(.insufficientFundsOnDeposit):
            // Said of the company, not of the order: the id stays free, and the order may come again.
            return .error(.insufficientFundsOnDeposit)
        case .refused(let error): return try refuse(order, error)
        case .debitErrorNotPaid: return try refuse(order, .debitError)
        case .errorInResult:
            payment = try record(order, state: .failed, isDebited: false, detail: .cardNotFound)
        case .debitErrorThoughPaid:
            payment = try record(order, state: .success, isDebited: true, detail: .debitError)
        case .needsReverse:
            payment = try record(order, state: .debited, isDebited: true, detail: .billingErrorNeedReverse)
        case .payingThreeTimes:
            payment = try record(order, state: .paying, isDebited: true, detail: .timeout, askings: 3)
        case .payingForever:
            payment = try record(order, state: .paying, isDebited: false, detail: .timeout)
        default:
            payment = try record(order, state: .success, isDebited: true)
        }
        return answer(for: payment, order, card, fault)
    }

    private mutating func refuse(_ order: PayOrder, _ error: BankError) throws -> Reply {
        _ = try record(order, state: .failed, isDebited: false, detail: error)
        return .error(error)
    }

    /// The answer that a payment's first send got, or would have got.
    private func answer(
        for payment: Payment, _ order: PayOrder, _ card: TestCard.Outcome?, _ fault: Fault?
    ) -> Reply {
        if let error = payment.detail.flatMap(BankError.init(rawValue:)) {
            guard card == .errorInResult else { return .error(error) }
            return .ok(
                .fields(["id": .integer(payment.agentTranId), "result": error.json]),
                outcome: "200 " + error.rawValue)
        }
        var answer = PayAnswer(payment: payment, order: order, receiptField: configuration.receiptField)
        if card == .wrongAmount || fault == .wrongAmount { answer.amountTiyin += 1 }
        if fault == .wrongID { answer.agentTranId += 1 }
        return .ok(answer.json, outcome: fault.map { "paid, " + $0.rawValue } ?? "paid")
    }

    /// What happens to an answer on its way to the client.
    private func dress(_ reply: Reply, _ fault: Fault?, card: TestCard.Outcome? = nil) -> Reply {
        switch card {
        case .paidLate: return reply.after(configuration.lateAnswer)
        case .paidThenClosed: return .silence(.closed, outcome: "paid, closed")
        case .paidThenHeld: return Reply.silence(.closed, outcome: "paid, held").after(configuration.hold)
        default: break
        }
        switch (fault, reply.content) {
        case (.closeAfterDebit, _): return .silence(.closed, outcome: Fault.closeAfterDebit.rawValue)
        case (.http500, _): return .uncatalogued
        case (.slow, _): return reply.after(configuration.slowAnswer)
        case (.cutBody, _): return reply.delivered(.cut(afterBytes: reply.body.count / 2))
        case (.numbersAsStrings, .json(let json)):
            return Reply(reply.status, .json(json.numbersAsStrings), outcome: reply.outcome)
        default: return reply
        }
    }

    mutating func carryOut(_ deed: DueDeed.Deed) throws {
        switch deed {
        case .pay: break
        case .reverse(let bmId): try reverse(bmId: bmId)
        }
    }
}
