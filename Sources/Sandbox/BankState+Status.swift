/// /agent/status: what is said of a payment.
extension BankState {
    mutating func status(_ question: StatusQuestion) throws -> Reply {
        let id = question.drawID
        let asking = countAsking(of: id)
        let fault = configuration.faults.fault(of: .status, seed: configuration.seed, id: id, number: asking)
        if fault == .statusError {
            fired(.statusError)
            let draw = SeededHash(seed: ~configuration.seed).value(UInt64(bitPattern: id), UInt64(asking), 4)
            return .error(BankError.ofServer[Int(draw % UInt64(BankError.ofServer.count))])
        }
        if fault == .statusHang {
            fired(.statusHang)
            return Reply.silence(.closed, outcome: Fault.statusHang.rawValue)
                .after(configuration.durations[.statusHang])
        }
        let byID = question.agentTranId.flatMap { payment(agentTranId: $0) }
        guard let known = byID ?? question.billId.flatMap({ payment(bmId: $0) }) else {
            return statusOfBill(question, fault)
        }
        if let fault { veil(known.agentTranId, fault) }
        switch look(behindVeilOf: known.agentTranId) {
        case .notFound: return .error(configuration.unknownPayment)
        case .word(let word): return .ok(known.statusJSON(saying: word), outcome: word)
        case .truth: break
        }
        let told = try ask(about: known)
        return .ok(told.statusJSON, outcome: told.state.rawValue)
    }

    /// A bill, if it is none of a payout's ids.
    private mutating func statusOfBill(_ question: StatusQuestion, _ fault: Fault?) -> Reply {
        let byID = question.billAgentTranId.flatMap { bills.bill(agentTranId: $0) }
        guard let bill = byID ?? question.billId.flatMap({ bills.bill($0) }) else {
            return .error(configuration.unknownPayment)
        }
        // Payouts have the positive ids.
        if let fault { veil(-bill.id, fault) }
        switch look(behindVeilOf: -bill.id) {
        case .notFound: return .error(configuration.unknownPayment)
        case .word(let word): return .ok(bill.statusAnswer(saying: word, at: now), outcome: word)
        case .truth: return .ok(bill.statusAnswer(at: now), outcome: bill.status(at: now))
        }
    }
}
