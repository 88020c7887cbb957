import PaymentValues

/// Finds amounts that are far from all others in a file, in constant memory. For example, so'm that were read as tiyin
/// give amounts that are a hundred times too small.
struct AmountSpread {
    /// The number of smallest and of largest amounts that are kept with their rows.
    private static let limit = 200
    /// The smallest gap between two clusters, in steps. Sixteen steps double an amount, so this gap means about ten
    /// times as much.
    private static let stepsOfAGap = 53
    /// The smallest number of rows that counts as a crowd.
    private static let crowd = 4

    struct Entry {
        let row: Int
        let amount: Tiyin
    }

    /// A group of amounts that are close together.
    private struct Cluster {
        let steps: ClosedRange<Int>
        let count: Int
    }

    /// The number of amounts in each step. There are sixteen steps for each bit of an amount.
    private var counts = Array(repeating: 0, count: 64 * 16)
    private var smallest: [Entry] = []
    private var largest: [Entry] = []

    mutating func add(_ amount: Tiyin, row: Int) {
        counts[Self.step(of: amount)] += 1
        let entry = Entry(row: row, amount: amount)
        Self.keep(entry, in: &smallest) { $0.amount < $1.amount }
        Self.keep(entry, in: &largest) { $1.amount < $0.amount }
    }

    /// Returns the amounts that are far below or above the crowd. It returns their number, and those that were kept
    /// with their rows.
    func outliers() -> [(isBelow: Bool, count: Int, known: [Entry])] {
        let clusters = clusters()
        guard let crowd = clusters.max(by: { $0.count < $1.count }), crowd.count >= Self.crowd else { return [] }
        let few = clusters.filter { $0.count * 3 <= crowd.count }
        return [true, false].compactMap { isBelow in
            let these = few.filter {
                isBelow ? $0.steps.upperBound < crowd.steps.lowerBound : $0.steps.lowerBound > crowd.steps.upperBound
            }
            guard !these.isEmpty else { return nil }
            let known = (isBelow ? smallest : largest).filter { entry in
                these.contains { $0.steps.contains(Self.step(of: entry.amount)) }
            }
            return (isBelow, these.reduce(0) { $0 + $1.count }, known.sorted { $0.row < $1.row })
        }
    }

    private func clusters() -> [Cluster] {
        counts.indices.reduce(into: []) { clusters, step in
            let count = counts[step]
            if count == 0 { return }
            if let last = clusters.last, step - last.steps.upperBound <= Self.stepsOfAGap {
                clusters[clusters.count - 1] = Cluster(steps: last.steps.lowerBound...step, count: last.count + count)
            } else {
                clusters.append(Cluster(steps: step...step, count: count))
            }
        }
    }

    /// Returns the logarithm of an amount in sixteenths of a doubling. It uses whole numbers only.
    private static func step(of amount: Tiyin) -> Int {
        let magnitude = UInt64(amount.count.magnitude)
        let exponent = 63 - magnitude.leadingZeroBitCount
        let fraction = exponent >= 4 ? magnitude >> (exponent - 4) & 15 : magnitude << (4 - exponent) & 15
        return exponent * 16 + Int(fraction)
    }

    /// Keeps the first entries. Of two equal entries, the earlier one is first.
    private static func keep(_ entry: Entry, in entries: inout [Entry], isBefore: (Entry, Entry) -> Bool) {
        if entries.count == limit, let last = entries.last, !isBefore(entry, last) { return }
        let place = entries.firstIndex { isBefore(entry, $0) } ?? entries.count
        entries.insert(entry, at: place)
        if entries.count > limit { entries.removeLast() }
    }
}
