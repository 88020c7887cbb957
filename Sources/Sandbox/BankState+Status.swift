/// /agent/status: what is said of a payment.
extension BankState {
    mutating func status(_ question: StatusQuestion) throws -> Reply {
        let byID = question.agentTranId.flatMap { payment(agentTranId: $0) }
        guard let known = byID ?? question.billId.flatMap({ payment(bmId: $0) }) else {
            return .error(configuration.unknownPayment)
        }
        let told = try ask(about: known)
        return .ok(told.statusJSON, outcome: told.state.rawValue)
    }
}
