/// Method 14: answers /agent/status.
extension BankState {
    mutating func status(_ question: StatusQuestion) throws -> Reply {
        let id = question.drawID
        let query = countQuery(of: id)
        let fault = configuration.faults.fault(of: .status, seed: configuration.seed, id: id, number: query)
        if fault == .statusError {
            fired(.statusError)
            let draw = SeededHash(seed: ~configuration.seed).value(UInt64(bitPattern: id), UInt64(query), 4)
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
        if let fault { overrideStatus(of: known.agentTranId, fault) }
        switch statusOverride(of: known.agentTranId) {
        case .notFound: return .error(configuration.unknownPayment)
        case .word(let word): return .ok(known.statusJSON(saying: word), outcome: word)
        case .truth: break
        }
        let told = try ask(about: known)
        return .ok(told.statusJSON, outcome: told.state.rawValue)
    }

    /// Answers about a bill, if the id is not that of a payout.
    private mutating func statusOfBill(_ question: StatusQuestion, _ fault: Fault?) -> Reply {
        let byID = question.billAgentTranId.flatMap { bills.bill(agentTranId: $0) }
        guard let bill = byID ?? question.billId.flatMap({ bills.bill($0) }) else {
            return .error(configuration.unknownPayment)
        }
        // Bills use negative ids here, because payouts use the positive ones.
        if let fault { overrideStatus(of: -bill.id, fault) }
        switch statusOverride(of: -bill.id) {
        case .notFound: return .error(configuration.unknownPayment)
        case .word(let word): return .ok(bill.statusAnswer(saying: word, at: now), outcome: word)
        case .truth: return .ok(bill.statusAnswer(at: now), outcome: bill.status(at: now))
        }
    }
}
