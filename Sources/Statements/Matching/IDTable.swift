/// Finds payouts by their ids. It is a hash table of numbers with open addressing, without an object for each entry.
///
/// An id of up to 18 digits is stored as its number, so it is compared exactly. Other ids are stored as 63 bits of a
/// hash.
struct IDTable {
    enum Kind: UInt32 {
        case agentTranID = 0
        case bmID = 1
        case extID = 2
    }

    /// An id that so many payouts share identifies none of them. Without this limit, looking for its end would take longer
    /// with each payout.
    private static let mostSharers = 16

    private var keys: ContiguousArray<UInt64>
    private var entries: ContiguousArray<UInt32>
    private var count = 0

    init(expecting count: Int) {
        let size = count + count / 16 + 16
        keys = ContiguousArray(repeating: 0, count: size)
        entries = ContiguousArray(repeating: 0, count: size)
    }

    mutating func insert(_ key: UInt64, kind: Kind, index: Int) {
        if (count + 1) * 20 > keys.count * 19 { grow() }
        var slot = slot(of: key)
        let entry = UInt32(index) << 2 | kind.rawValue
        var sharers = 0
        while keys[slot] != 0 {
            if keys[slot] == key {
                sharers += 1
                if entries[slot] >> 2 == UInt32(index) || sharers == Self.mostSharers { return }
            }
            slot = slot + 1 == keys.count ? 0 : slot + 1
        }
        keys[slot] = key
        entries[slot] = entry
        count += 1
    }

    func find(_ key: UInt64, _ each: (Kind, Int) -> Void) {
        var found: [UInt32] = []
        var slot = slot(of: key)
        while keys[slot] != 0 {
            if keys[slot] == key { found.append(entries[slot]) }
            slot = slot + 1 == keys.count ? 0 : slot + 1
        }
        guard found.count < Self.mostSharers else { return }
        for entry in found {
            if let kind = Kind(rawValue: entry & 3) { each(kind, Int(entry >> 2)) }
        }
    }

    private func slot(of key: UInt64) -> Int {
        Int(key.spread.multipliedFullWidth(by: UInt64(keys.count)).high)
    }

    private mutating func grow() {
        let old = (keys, entries)
        keys = ContiguousArray(repeating: 0, count: old.0.count * 2)
        entries = ContiguousArray(repeating: 0, count: keys.count)
        for (key, entry) in zip(old.0, old.1) where key != 0 {
            var slot = slot(of: key)
            while keys[slot] != 0 { slot = slot + 1 == keys.count ? 0 : slot + 1 }
            keys[slot] = key
            entries[slot] = entry
        }
    }

    /// Returns the key of an id, or `nil` if the id is too short to identify anything.
    static func key(of id: some Collection<UInt8>) -> UInt64? {
        guard id.count >= 4 else { return nil }
        if id.count <= 18, id.allSatisfy(\.isDecimalDigit) {
            let number = id.reduce(UInt64(0)) { $0 * 10 + UInt64($1 & 15) }
            return number == 0 ? nil : number
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id {
            let small = byte &- 65 < 26 ? byte | 32 : byte
            hash = (hash ^ UInt64(small)) &* 0x100_0000_01B3
        }
        return hash.spread | 1 << 63
    }
}

extension UInt64 {
    /// Spreads close numbers over all 64 bits.
    var spread: UInt64 {
        var value = self &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 32
        value = value &* 0xD6E8_FEB8_6659_FD93
        return value ^ value >> 29
    }
}
