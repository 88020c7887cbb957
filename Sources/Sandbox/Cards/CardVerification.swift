import Foundation

/// The verification of a card: its holder got a code and must enter it.
struct CardVerification: Sendable {
    let id: Int64
    let user: BankUser
    let card: CustomerCard
    private(set) var code: OneTimeCode
    /// The card's token, after the right code.
    private(set) var token: String?

    init(id: Int64, user: BankUser, card: CustomerCard, seed: UInt64, at now: Date) {
        self.id = id
        self.user = user
        self.card = card
        code = OneTimeCode(id: id, seed: seed, at: now)
    }

    /// Enters a code. A code works once. After that the verification must start again.
    mutating func enter(_ digits: String, at now: Date, _ rules: OneTimeCode.Rules) -> OneTimeCode.Entry {
        token == nil ? code.enter(digits, at: now, rules) : .refused(.codeExpiredRestart)
    }

    mutating func complete(seed: UInt64) -> String {
        let new = Self.token(of: id, seed: seed)
        token = new
        return new
    }

    /// Returns a token in the form of a UUID, as in the document's sample.
    private static func token(of id: Int64, seed: UInt64) -> String {
        let hash = SeededHash(seed: seed)
        let hex = (UInt64(0)..<2).map { word in
            let text = String(hash.value(UInt64(bitPattern: id), word, 0x544F_4B45), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let ends = [8, 12, 16, 20, 32]
        return zip([0] + ends, ends).map { String(hex.prefix($1).dropFirst($0)) }.joined(separator: "-")
    }
}
