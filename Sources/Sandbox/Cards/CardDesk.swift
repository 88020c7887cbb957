import Foundation

/// The confirmed cards of users, and the cards being verified.
struct CardDesk: Sendable {
    private var verifications: [Int64: CardVerification] = [:]
    private var cards: [BankUser: [CustomerCard]] = [:]
    private var nextID: Int64 = 1_907_947_016

    func cards(of user: BankUser) -> [CustomerCard] {
        cards[user, default: []]
    }

    func verification(_ id: Int64) -> CardVerification? {
        verifications[id]
    }

    /// Handles method 3. It refuses a confirmed card. A verification may be started again.
    mutating func begin(
        _ card: CustomerCard, for user: BankUser, seed: UInt64, at now: Date
    ) throws(RequestFault) -> CardVerification {
        guard !cards(of: user).contains(where: { $0.pan == card.pan }) else {
            throw RequestFault(error: .cardAlreadyExists)
        }
        let verification = CardVerification(id: nextID, user: user, card: card, seed: seed, at: now)
        verifications[nextID] = verification
        nextID += 1
        return verification
    }

    /// Handles method 4. It returns the card's token, or `nil` if the code expired and the caller must send another.
    mutating func enter(
        _ digits: String, for id: Int64, by user: BankUser, seed: UInt64, at now: Date, _ rules: OneTimeCode.Rules
    ) throws(RequestFault) -> String? {
        guard var verification = verifications[id], verification.user == user else {
            throw RequestFault(error: .objectNotFound)
        }
        defer { verifications[id] = verification }
        switch verification.enter(digits, at: now, rules) {
        case .renewed: return nil
        case .refused(let error): throw RequestFault(error: error)
        case .accepted:
            guard !cards(of: user).contains(where: { $0.pan == verification.card.pan }) else {
                throw RequestFault(error: .cardAlreadyExists)
            }
            cards[user, default: []].append(verification.card)
            return verification.complete(seed: seed)
        }
    }
}
