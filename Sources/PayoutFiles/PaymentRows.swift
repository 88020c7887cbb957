import PaymentValues
import Payouts

/// Finds the first row with a given card and amount. It is our own hash table, because a file may have two million
/// rows. A dictionary takes twice the memory, and took a third of the time of a check.
struct PaymentRows {
    private var cards: [UInt64] = []
    private var amounts: [Int64] = []
    private var rows: [Int32] = []
    /// The slots of the hash table. A slot is 0 if it is empty. Otherwise it has the upper half of the hash, and an
    /// index into the arrays above, counted from 1. The number of slots is a power of two, and at least half of them
    /// are empty.
    private var slots = [UInt64](repeating: 0, count: 1 << 10)
    /// A random seed. It prevents a file from being made so that all its rows fall on the same slot.
    private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

    /// Stores the row if it is the first with this card and amount.
    ///
    /// - Returns: the earlier row with the same card and amount, or `nil`.
    mutating func firstRow(paying card: CardNumber, _ amount: Tiyin, now row: Int) -> Int? {
        guard let row = Int32(exactly: row) else { return nil }
        let digits = card.digits.utf8.span
        let card = digits.indices.reduce(UInt64(0)) { $0 &* 10 &+ UInt64(digits[$1] &- 48) }
        let hash = hash(card, amount.count)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot] & 0xFFFF_FFFF) - 1
            if slots[slot] >> 32 == hash >> 32, cards[place] == card, amounts[place] == amount.count {
                return Int(rows[place])
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        cards.append(card)
        amounts.append(amount.count)
        rows.append(row)
        slots[slot] = hash & ~0xFFFF_FFFF | UInt64(rows.count)
        if rows.count * 2 > slots.count { spread() }
        return nil
    }

    /// Moves all entries into twice as many slots.
    private mutating func spread() {
        slots = [UInt64](repeating: 0, count: slots.count * 2)
        for place in rows.indices {
            let hash = hash(cards[place], amounts[place])
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = hash & ~0xFFFF_FFFF | UInt64(place + 1)
        }
    }

    /// Hashes every bit of both numbers. It multiplies twice, and each time combines the two halves of the product.
    private func hash(_ card: UInt64, _ amount: Int64) -> UInt64 {
        let first = (card ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        let folded = first.high ^ first.low ^ UInt64(bitPattern: amount)
        let second = folded.multipliedFullWidth(by: 0xD1B5_4A32_D192_ED03)
        return second.high ^ second.low ^ seed
    }
}
