import Foundation

/// Methods 3 to 5: a user's cards.
extension BankState {
    mutating func sendCode(_ body: Data, to user: BankUser) throws(RequestFault) -> Reply {
        let card = try SendOTPBody(body: body).card
        guard let phone = card.phone else { throw RequestFault(error: .smsInfoIsOff) }
        let verification = try cards.begin(card, for: user, seed: configuration.seed, at: now)
        text(verification.code, about: .verification, verification.id, to: card)
        return answer(
            .fields([
                "id": .integer(verification.id), "phoneMask": .string(CustomerCard.mask(phone: phone)),
            ]))
    }

    mutating func verifyCode(_ body: Data, by user: BankUser) throws(RequestFault) -> Reply {
        let entry = try CodeEntry(body: body)
        let token = try cards.enter(
            entry.code, for: entry.id, by: user, seed: configuration.seed, at: now, configuration.codeRules)
        if let token { return answer(.string(token)) }
        if let renewed = cards.verification(entry.id) {
            text(renewed.code, about: .verification, renewed.id, to: renewed.card)
        }
        throw RequestFault(error: .codeExpiredSmsSent)
    }

    func userCards(of user: BankUser) -> Reply {
        answer(.array(cards.cards(of: user).map(\.json)))
    }

    private func answer(_ data: JSONText) -> Reply {
        .ok(.fields(["success": .bool(true), "exception": .null, "data": data]), outcome: "OK")
    }

    /// Records the SMS that sends a code to a card's holder.
    mutating func text(_ code: OneTimeCode, about purpose: TextMessage.Purpose, _ id: Int64, to card: CustomerCard) {
        textMessages.append(
            TextMessage(
                id: id, purpose: purpose, phone: card.phone ?? "", maskedCard: Digits.masked(pan: card.pan),
                code: code.digits, at: now))
    }
}
