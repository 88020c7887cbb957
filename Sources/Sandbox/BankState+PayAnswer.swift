/// Builds the answer to a payment, and changes it on its way to the client.
extension BankState {
    /// Returns the answer to a send: the receipt or error of the payment's first send. A fault after the debit needs a
    /// receipt, and does nothing without one.
    mutating func reply(to send: PaySend, _ settlement: PaySettlement) -> Reply {
        switch settlement {
        case .refused(let error): .error(error)
        case .payment(let payment): reply(to: send, payment)
        }
    }

    private mutating func reply(to send: PaySend, _ payment: Payment) -> Reply {
        if let error = payment.detail.flatMap(BankError.init(rawValue:)) {
            return send.card == .errorInResult ? errorInResult(error, of: payment.agentTranId) : .error(error)
        }
        var answer = PayAnswer(
            payment: payment, order: send.order, receiptField: configuration.receiptField,
            commissionTiyin: configuration.commission(of: payment.amountTiyin))
        if send.card == .wrongAmount { answer.amountTiyin += 1 }
        switch send.fault {
        case .wrongAmount: answer.amountTiyin += 1
        case .wrongID: answer.agentTranId += 1
        case .wrongStatusCode: answer.statusCode = 1
        case .bmlID: answer.receiptField = .bmlId
        case .reversedLater:
            plan(.reverse(bmId: payment.bmId), after: configuration.durations[.reversedLater])
            return .ok(answer.json, outcome: "paid")
        case .closeAfterDebit: return silence(send.fault, .closed)
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

    func errorInResult(_ error: BankError, of agentTranId: Int64) -> Reply {
        .ok(.fields(["id": .integer(agentTranId), "result": error.json]), outcome: "200 " + error.rawValue)
    }

    /// Applies a fault to a receipt or an error on its way to the client.
    mutating func onTheWay(_ reply: Reply, _ fault: Fault?) -> Reply {
        guard let fault, case .whole = reply.delivery, case .json(let json) = reply.content else {
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
        spoilt.outcome += ", " + fault.rawValue
        return spoilt
    }

    mutating func silence(_ fault: Fault?, _ delivery: Reply.Delivery) -> Reply {
        fired(fault)
        return .silence(delivery, outcome: fault?.rawValue ?? "closed")
    }

    /// Swaps this answer with that of another payment, if either has such a fault.
    mutating func swap(_ reply: Reply, _ send: PaySend) -> Reply {
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
        var swapped = reply
        swapped.delivery = .swapped(swap)
        return swapped
    }
}
