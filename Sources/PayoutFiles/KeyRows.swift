/// By the accountant's own key, the first row that has it. Keys are known by hashes of 64 bits, for a file may have two
/// million.
package struct KeyRows {
    /// Each either empty, 0, or a row.
    private var rows = [Int32](repeating: 0, count: 1 << 10)
    private var hashes = [UInt64](repeating: 0, count: 1 << 10)
    private var count = 0

    package init() {}

    /// Remembers the row where it is the first one.
    ///
    /// - Returns: the earlier row with the same key, if there is one.
    package mutating func firstRow(with key: String, now row: Int) -> Int? {
        guard let number = Int32(exactly: row) else { return nil }
        let hash = Self.hash(of: key)
        let slot = slot(of: hash)
        if rows[slot] != 0 { return Int(rows[slot]) }
        (rows[slot], hashes[slot]) = (number, hash)
        count += 1
        if count * 2 > rows.count { spread() }
        return nil
    }

    /// Returns the first row with a key, if there is one.
    package func row(with key: String) -> Int? {
        let row = rows[slot(of: Self.hash(of: key))]
        return row == 0 ? nil : Int(row)
    }

    private static func hash(of key: String) -> UInt64 { UInt64(bitPattern: Int64(key.hashValue)) }

    /// The slot that has the hash, or the empty one where it belongs.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (rows.count - 1)
        while rows[slot] != 0, hashes[slot] != hash { slot = (slot + 1) & (rows.count - 1) }
        return slot
    }

    /// Puts all of them into twice as many slots.
    private mutating func spread() {
        let (oldRows, oldHashes) = (rows, hashes)
        rows = [Int32](repeating: 0, count: oldRows.count * 2)
        hashes = [UInt64](repeating: 0, count: oldRows.count * 2)
        for place in oldRows.indices where oldRows[place] != 0 {
            let slot = slot(of: oldHashes[place])
            (rows[slot], hashes[slot]) = (oldRows[place], oldHashes[place])
        }
    }
}
