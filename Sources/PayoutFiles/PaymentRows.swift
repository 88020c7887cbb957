import PaymentValues
import Payouts

/// By card and amount, the first row that pays them. Our own table, for a file may have two million rows: a dictionary of
/// them takes twice the memory, and took a third of the time of a check.
struct PaymentRows {
    private var cards: [UInt64] = []
    private var amounts: [Int64] = []
    private var rows: [Int32] = []
    /// Each either empty, 0, or the place in the arrays above, from 1, under the upper half of the hash. A power of two, and
    /// at least half of them empty.
    private var slots = [UInt64](repeating: 0, count: 1 << 10)
    /// Nobody can make a file of which all rows fall on the same slot.
    private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())

    /// Remembers the row where it is the first one.
    ///
    /// - Returns: the earlier row that pays the same, if one does.
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

    /// Puts all of them into twice as many slots.
    private mutating func spread() {
        slots = [UInt64](repeating: 0, count: slots.count * 2)
        for place in rows.indices {
            let hash = hash(cards[place], amounts[place])
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = hash & ~0xFFFF_FFFF | UInt64(place + 1)
        }
    }

    /// Every bit of both counts: two rounds of a multiplication whose halves are folded together.
    private func hash(_ card: UInt64, _ amount: Int64) -> UInt64 {
        let first = (card ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        let folded = first.high ^ first.low ^ UInt64(bitPattern: amount)
        let second = folded.multipliedFullWidth(by: 0xD1B5_4A32_D192_ED03)
        return second.high ^ second.low ^ seed
    }
}
