/// Method 15: what a payment order comes to.
extension BankState {
    /// The path that a redirect points at: whoever follows it with the body pays.
    static let movedPayPath = "/services/bmms/api/ext/agent/pay/moved"

    /// What a payment's order came to at the bank, before anything happens to the answer.
    private enum Settlement {
        /// Answered with an error; nothing is debited.
        case refused(BankError)
        /// There is a payment, made now or known before.
        case payment(Payment)
    }

    func nextSend(of order: PayOrder, cameByRedirect: Bool) -> PaySend {
        PaySend(
            order, number: sends(of: order.agentTranId) + 1, cameByRedirect: cameByRedirect,
            configuration: configuration)
    }

    /// The end of a request that nobody reads, if this is one. The draw needs the id, so the sandbox has read it; the
    /// bank it plays has not.
    mutating func lose(_ send: PaySend, isOnUsedConnection: Bool) -> Reply? {
        let delivery: Reply.Delivery
        switch send.fault {
        case .connectionRefused: delivery = .refused(for: beginOutage())
        case .closedUnread: delivery = .closed
        case .resetOnReuse where isOnUsedConnection: delivery = .reset
        default: return nil
        }
        countSend(of: send.order.agentTranId)
        return silence(send, delivery)
    }

    mutating func pay(_ send: PaySend) throws -> Reply {
        countSend(of: send.order.agentTranId)
        if let reply = turnAway(send) { return reply }
        if let reply = try fail(send) { return reply }
        let reply = reply(to: send, try settle(send.order, send.card))
        switch send.card {
        case .paidLate: return reply.after(configuration.lateAnswer)
        case .paidThenClosed: return .silence(.closed, outcome: "paid, closed")
        case .paidThenHeld: return Reply.silence(.closed, outcome: "paid, held").after(configuration.hold)
        default: return swap(onTheWay(reply, send), send)
        }
    }

    /// Answers that come before the payment is looked at: they leave nothing behind.
    private mutating func turnAway(_ send: PaySend) -> Reply? {
        switch send.card {
        case .closedBeforePaying: return .silence(.closed, outcome: "closed before paying")
        case .badGateway: return .gatewayPage(502)
        case .tooManyRequestsOnce where send.number == 1: return .tooManyRequests
        case .unauthorizedOnce where send.number == 1: return .error(.badCredentials)
        case .redirect: return .redirect(to: Self.movedPayPath)
        default: break
        }
        guard let fault = send.fault else { return nil }
        let reply: Reply
        switch fault {
        case .closeBeforeDebit: return silence(send, .closed)
        case .lateDebit:
            plan(.pay(send.order), after: configuration.durations[.lateDebit])
            return silence(send, .closed)
        case .http503: reply = .gatewayPage(503)
        case .http500 where send.isBeforeDebit: reply = .uncatalogued
        case .http502 where send.isBeforeDebit: reply = .gatewayPage(502)
        case .http504 where send.isBeforeDebit: reply = .gatewayPage(504)
        case .tooManyRequests, .tooManyRequestsRepeat: reply = .tooManyRequests
        case .unauthorized, .unauthorizedRepeat: reply = .error(.badCredentials)
        case .tokenExpired:
            tokens.expireAccess()
            reply = .error(.badCredentials)
        case .redirect: reply = .redirect(to: Self.movedPayPath)
        case .refusedRepeat: reply = .error(send.refusal)
        default: return nil
        }
        fired(fault)
        return reply
    }

    /// Errors of the bank itself, before the debit: the order is kept as failed.
    private mutating func fail(_ send: PaySend) throws -> Reply? {
        let error: BankError
        switch send.fault {
        case .errorBeforeDebit: error = send.serverError
        case .errorInResult where send.isBeforeDebit: error = .cardNotFound
        default: return nil
        }
        if payment(agentTranId: send.order.agentTranId) == nil { _ = try refuse(send.order, error) }
        fired(send.fault)
        return send.fault == .errorInResult ? errorInResult(error, of: send.order.agentTranId) : .error(error)
    }

    /// The order as the bank takes it, at once or late.
    private mutating func settle(_ order: PayOrder, _ card: TestCard.Outcome?) throws -> Settlement {
        if let known = payment(agentTranId: order.agentTranId), configuration.repeats != .doubleDebit {
            return configuration.repeats == .reject ? .refused(.invalidParams) : .payment(known)
        }
        guard Digits.passLuhn(order.pan) else { return try refuse(order, .cardNotFound) }
        switch card {
        case .refused(.insufficientFundsOnDeposit):
            // Said of the company, not of the order: the id stays free, and the order may come again.
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
            case .payingThreeTimes: try record(order, state: .paying, isDebited: true, detail: .timeout, askings: 3)
            default: try record(order, state: .success, isDebited: true)
            }
        return .payment(payment)
    }

    private mutating func refuse(_ order: PayOrder, _ error: BankError) throws -> Settlement {
        _ = try record(order, state: .failed, isDebited: false, detail: error)
        return .refused(error)
    }

    /// The bank's answer: what a payment's first send got, or would have got. A fault that comes after the debit
    /// passes by a send that comes to no receipt.
    private mutating func reply(to send: PaySend, _ settlement: Settlement) -> Reply {
        guard case .payment(let payment) = settlement else {
            guard case .refused(let error) = settlement else { return .error(.internalError) }
            return .error(error)
        }
        if let error = payment.detail.flatMap(BankError.init(rawValue:)) {
            return send.card == .errorInResult ? errorInResult(error, of: payment.agentTranId) : .error(error)
        }
        var answer = PayAnswer(payment: payment, order: send.order, receiptField: configuration.receiptField)
        if send.card == .wrongAmount { answer.amountTiyin += 1 }
        switch send.fault {
        case .wrongAmount: answer.amountTiyin += 1
        case .wrongID: answer.agentTranId += 1
        case .wrongStatusCode: answer.statusCode = 1
        case .bmlID: answer.receiptField = .bmlId
        case .reversedLater: plan(.reverse(bmId: payment.bmId), after: configuration.durations[.reversedLater])
        case .closeAfterDebit: return silence(send, .closed)
        case .http500, .http502, .http504, .errorAfterDebit, .errorInResult:
            fired(send.fault)
            return failureAfterDebit(send)
        default: return .ok(answer.json, outcome: "paid")
        }
        fired(send.fault)
        return .ok(answer.json, outcome: "paid, " + (send.fault?.rawValue ?? ""))
    }

    private func failureAfterDebit(_ send: PaySend) -> Reply {
        switch send.fault {
        case .http502: .gatewayPage(502)
        case .http504: .gatewayPage(504)
        case .errorAfterDebit: .error(send.serverError)
        case .errorInResult: errorInResult(send.serverError, of: send.order.agentTranId)
        default: .uncatalogued
        }
    }

    private func errorInResult(_ error: BankError, of agentTranId: Int64) -> Reply {
        .ok(.fields(["id": .integer(agentTranId), "result": error.json]), outcome: "200 " + error.rawValue)
    }

    /// What happens to an answer between the bank and the client, be it a receipt or an error.
    private mutating func onTheWay(_ reply: Reply, _ send: PaySend) -> Reply {
        guard let fault = send.fault, case .whole = reply.delivery, case .json(let json) = reply.content else {
            return reply
        }
        var spoilt = reply
        switch fault {
        case .slow: spoilt.delay += configuration.durations[.slow]
        case .byteByByte: spoilt.delivery = .trickled(interval: configuration.durations[.byteByByte])
        case .cutBody: spoilt.delivery = .cut(afterBytes: reply.body.count / 2)
        case .emptyBody: spoilt.content = .text("", type: "application/json")
        case .notJSON: spoilt.content = .text("OK, paid", type: "application/json")
        case .longBody: spoilt.content = .padded(json, bytes: configuration.longBodyBytes)
        case .numbersAsStrings: spoilt.content = .json(json.numbersAsStrings)
        case .stringsAsNumbers: spoilt.content = .json(json.stringsAsNumbers)
        default: return reply
        }
        fired(fault)
        return spoilt
    }

    private mutating func silence(_ send: PaySend, _ delivery: Reply.Delivery) -> Reply {
        fired(send.fault)
        return .silence(delivery, outcome: send.fault?.rawValue ?? "closed")
    }

    /// Lets this answer and that of another payment change places, if one of the two is to.
    private mutating func swap(_ reply: Reply, _ send: PaySend) -> Reply {
        guard case .whole = reply.delivery else { return reply }
        if let partner = openSwap, partner.agentTranId != send.order.agentTranId {
            openSwap = nil
            if now < partner.end, let other = partner.swap.trade(for: reply) {
                fired(.swappedAnswers)
                return other
            }
        }
        guard send.fault == .swappedAnswers else { return reply }
        let limit = configuration.durations[.swappedAnswers]
        let swap = AnswerSwap(own: reply, limit: limit)
        openSwap = OpenSwap(swap: swap, agentTranId: send.order.agentTranId, end: now.advanced(by: limit))
        return reply.delivered(.swapped(swap))
    }

    mutating func carryOut(_ deed: DueDeed.Deed) throws {
        switch deed {
        // A bank that looks at ids does so now: an order that came again in the meantime has taken its id.
        case .pay(let order): _ = try settle(order, nil)
        case .reverse(let bmId): try reverse(bmId: bmId)
        }
    }
}
