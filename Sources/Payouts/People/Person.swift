package import PaymentValues

/// A person of a payout file or batch, as far as it says who they are.
package struct Person: Hashable, Sendable {
    package let row: Int
    /// The accountant's own id of the person. Some accountants number payments instead.
    package let key: String?
    package let name: String?
    /// The name in one alphabet, without spaces. It is empty without a name.
    let foldedName: String
    package let card: CardFingerprint
    package let maskedCard: String
    package let amount: Tiyin

    package init(
        row: Int, key: String?, name: String?, card: CardFingerprint, maskedCard: String, amount: Tiyin
    ) {
        self.row = row
        self.key = key == "" ? nil : key
        self.name = name
        self.card = card
        self.maskedCard = maskedCard
        self.amount = amount
        foldedName = name.map { SearchText($0).folded.filter { !$0.isWhitespace } } ?? ""
    }

    /// The name as it may be shown, or the id.
    package var shownName: String? { name ?? key.map(PersonalNumber.masking) }
}

/// A keyed hash of a card. It shows that two rows have the same card, and never which one.
package struct CardFingerprint: Hashable, Sendable {
    private let high, low: UInt64

    /// - Parameter bytes: the 16 bytes of the hash. Missing ones count as zero.
    package init(_ bytes: some Sequence<UInt8>) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        for byte in bytes.prefix(16) {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
        (self.high, self.low) = (high, low)
    }
}
