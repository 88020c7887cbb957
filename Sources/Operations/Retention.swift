/// How long the ledger keeps what is personal, counted from the last change of a batch.
package struct Retention: Hashable, Sendable {
    /// The days after which the names and ids of paid and withdrawn rows are erased. `nil` keeps them.
    package let namesDays: Int?
    /// The days after which refused rows are withdrawn, which erases their cards. `nil` keeps them.
    package let cardsDays: Int?

    package init(namesDays: Int?, cardsDays: Int?) {
        self.namesDays = namesDays
        self.cardsDays = cardsDays
    }

    package var keepsAll: Bool { namesDays == nil && cardsDays == nil }
}
