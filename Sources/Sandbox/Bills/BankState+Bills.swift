import Foundation

/// Methods 6 to 13: bills.
extension BankState {
    /// Handles method 6. `repeats` decides about a known agentTranId, as for payouts.
    mutating func check(_ body: Data) throws(RequestFault) -> Reply {
        let order = try BillOrder(body: body)
        let recipient = try Recipient.find(order.recipientId)
        guard order.card.phone != nil else { throw RequestFault(error: .smsInfoIsOff) }
        if let known = bills.bill(agentTranId: order.agentTranId), configuration.repeats != .doubleDebit {
            guard configuration.repeats == .replay, known.order == order else {
                throw RequestFault(error: .invalidParams)
            }
            return .ok(known.checkAnswer(at: now), outcome: "CHECK_OK")
        }
        let bill = bills.open(
            order, to: recipient, seed: configuration.seed, at: now, lifetime: configuration.billLifetime)
        text(bill.code, about: .bill, bill.id, to: order.card)
        return .ok(bill.checkAnswer(at: now), outcome: "CHECK_OK")
    }

    /// Handles methods 7 and 8. A refusal has status 200, as in the document's sample.
    mutating func take(
        _ body: Data, _ step: (BillState, Int64) throws(RequestFault) -> BillState
    ) throws(RequestFault) -> Reply {
        let taking = try RequestFault.decode(BillTaking.self, from: body)
        guard !taking.type.isEmpty else { throw RequestFault(error: .invalidParams) }
        do throws(RequestFault) {
            try enter(taking.params.otp, for: taking.billId)
            let bill = try advance(taking.billId) { bill throws(RequestFault) in
                try step(bill.state, bill.order.amountTiyin)
            }
            return .ok(bill.takenAnswer(at: now), outcome: "SUCCESS")
        } catch {
            return errorInResult(error.error, of: taking.billId)
        }
    }

    private mutating func enter(_ code: String, for id: Int64) throws(RequestFault) {
        switch try bills.enter(code, for: id, at: now, configuration.codeRules) {
        case .accepted: return
        case .refused(let error): throw RequestFault(error: error)
        case .renewed:
            if let bill = bills.bill(id) { text(bill.code, about: .bill, id, to: bill.order.card) }
            throw RequestFault(error: .codeExpiredSmsSent)
        }
    }

    /// Handles method 9.
    mutating func confirm(_ body: Data) throws(RequestFault) -> Reply {
        let request = try RequestFault.decode(BillRequest.self, from: body)
        let bill = try advance(request.billId) { bill throws(RequestFault) in try bill.state.confirming() }
        return .ok(bill.takenAnswer(at: now), outcome: "SUCCESS")
    }

    /// Handles method 10.
    mutating func addToHold(_ body: Data) throws(RequestFault) -> Reply {
        let request = try RequestFault.decode(HoldAddition.self, from: body)
        guard request.amount > 0, !request.type.isEmpty else { throw RequestFault(error: .invalidParams) }
        let card = try request.params.card()
        let bill = try advance(request.billId) { bill throws(RequestFault) in
            guard bill.order.card == card else { throw RequestFault(error: .invalidParams) }
            return try bill.state.adding(request.amount)
        }
        return .ok(bill.additionAnswer(request.amount, at: now), outcome: "HOLD_SUCCESS")
    }

    /// Handles method 11. The catalogue has a single code for missing rights.
    mutating func cancel(_ body: Data, by user: BankUser) throws(RequestFault) -> Reply {
        let request = try RequestFault.decode(BillRequest.self, from: body)
        guard user.mayCancel else { throw RequestFault(error: .objectLocked) }
        let paid = bills.bill(request.billId)?.state.money.paidTiyin ?? 0
        let bill = try advance(request.billId) { bill throws(RequestFault) in try bill.state.cancelling() }
        return .ok(bill.cancelledAnswer(paid, at: now), outcome: "CANCELLED")
    }

    /// Handles method 12.
    mutating func reverse(_ body: Data) throws(RequestFault) -> Reply {
        let request = try RequestFault.decode(BillRequest.self, from: body)
        let held = bills.bill(request.billId)?.state.money.heldTiyin ?? 0
        let bill = try advance(request.billId) { bill throws(RequestFault) in try bill.state.reversing() }
        return .ok(bill.cancelledAnswer(held, at: now), outcome: "CANCELLED")
    }

    /// Handles method 13.
    mutating func reversePart(_ body: Data) throws(RequestFault) -> Reply {
        let request = try RequestFault.decode(PartialReversal.self, from: body)
        guard request.reverseAmount > 0 else { throw RequestFault(error: .invalidParams) }
        let bill = try advance(request.billId) { bill throws(RequestFault) in
            try bill.state.returning(request.reverseAmount)
        }
        return .ok(bill.partialReversalAnswer(at: now), outcome: "HOLD_SUCCESS")
    }

    private mutating func advance(
        _ id: Int64, _ step: (Bill) throws(RequestFault) -> BillState
    ) throws(RequestFault) -> Bill {
        try bills.advance(id, balanceTiyin: configuration.cardBalanceTiyin, step)
    }
}
