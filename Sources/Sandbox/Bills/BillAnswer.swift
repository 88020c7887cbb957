import Foundation

/// The answers about a bill, with the fields and order of the document's samples. The tables also have `amountRatio`,
/// which no sample has.
extension Bill {
    func checkAnswer(at now: Date) -> JSONText {
        let left = max(0, Int64(validUntil.timeIntervalSince(now).rounded(.down)))
        return answer(
            status: "CHECK_OK", at: now,
            data: .fields([
                "dummy": .string("1"), "ccy": .string("860"), "rate": .string("100"),
                "phone": .string(CustomerCard.maskShort(phone: order.card.phone ?? "")),
                "recipientAmount": .string(recipientAmount), "leftSeconds": .string(String(left)),
            ]))
    }

    /// Answers methods 7 to 9.
    func takenAnswer(at now: Date) -> JSONText {
        answer(
            status: "SUCCESS", at: now,
            data: .fields([
                "dummy": .string("2"), "ccy": .string("860"), "rate": .string("100"),
                "recipientAmount": .string(recipientAmount),
            ]))
    }

    /// Answers method 10 with the addition, not the total.
    func additionAnswer(_ addedTiyin: Int64, at now: Date) -> JSONText {
        .object(
            head(amount: addedTiyin) + [.init(name: "account", value: .null)]
                + tail(status: "HOLD_SUCCESS", isSuccess: true, at: now) + [.init(name: "data", value: .null)]
                + Self.noGateway + Self.noParties)
    }

    /// Answers methods 11 and 12. The amount is the returned amount.
    func cancelledAnswer(_ returnedTiyin: Int64, at now: Date) -> JSONText {
        answer(amount: returnedTiyin, status: "CANCELLED", at: now, data: .fields([:]))
    }

    /// Answers method 13. The amount is the amount that stays on hold. The sample ends with the status.
    func partialReversalAnswer(at now: Date) -> JSONText {
        .object(
            head(amount: amountTiyin, sessionId: .null) + [accountField]
                + tail(status: "HOLD_SUCCESS", isSuccess: true, at: now))
    }

    /// Answers method 14.
    func statusAnswer(saying status: String? = nil, at now: Date) -> JSONText {
        let truth = self.status(at: now)
        return .object(
            head(amount: amountTiyin) + [accountField]
                + tail(status: status ?? truth, isSuccess: truth != "EXPIRED", at: now)
                + [.init(name: "data", value: .fields([:]))] + Self.noGateway + Self.noParties)
    }

    private func answer(amount: Int64? = nil, status: String, at now: Date, data: JSONText) -> JSONText {
        .object(
            head(amount: amount ?? amountTiyin) + [accountField] + tail(status: status, isSuccess: true, at: now)
                + [.init(name: "data", value: data)] + Self.noGateway)
    }

    private func head(amount: Int64, sessionId: JSONText? = nil) -> [JSONText.Field] {
        [
            .init(name: "id", value: .integer(id)),
            .init(name: "recipientShortName", value: .string(recipient.shortName)),
            .init(name: "sessionId", value: sessionId ?? .string(String(Payment.milliseconds(checkedAt)))),
            .init(name: "amount", value: .integer(amount)),
        ]
    }

    private var accountField: JSONText.Field { .init(name: "account", value: .string(order.account)) }

    private func tail(status: String, isSuccess: Bool, at now: Date) -> [JSONText.Field] {
        let time = JSONText.string(Payment.text(of: now))
        return [
            .init(name: "currency", value: .integer(860)),
            .init(name: "extId", value: .string("sandbox_\(id)")),
            .init(name: "requestTime", value: time),
            .init(name: "responseTime", value: time),
            .init(name: "responseText", value: .string(isSuccess ? "OK" : status)),
            .init(name: "success", value: .bool(isSuccess)),
            .init(name: "status", value: .string(status)),
        ]
    }

    /// The amount in tiyin, with two decimals that are always zero: the sample writes 1000 as `1000.00`.
    private var recipientAmount: String { "\(amountTiyin).00" }

    private static let noGateway = [JSONText.Field(name: "gatewayName", value: .null)]
    private static let noParties = [
        JSONText.Field(name: "sender", value: .null), JSONText.Field(name: "receiver", value: .null),
    ]
}
