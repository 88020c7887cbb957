/// Finds which amounts of a small set add up to a given sum. The search is exact and takes bounded time (meet in the
/// middle).
enum PartSearch {
    /// The largest number of amounts. Each half then has 2^17 sums.
    static let most = 34

    enum Result: Hashable {
        case none
        /// The only solution, as indices.
        case one([Int])
        /// There are several solutions, such as these two.
        case several([Int], [Int])
    }

    static func parts(of sum: Int64, from amounts: [Int64]) -> Result {
        guard amounts.count <= most, !amounts.isEmpty else { return .none }
        let middle = amounts.count / 2
        let left = sums(of: amounts[..<middle])
        let right = sums(of: amounts[middle...]).enumerated().map { ($1, UInt32($0)) }.sorted { $0 < $1 }
        var found: [UInt64] = []
        for (mask, part) in left.enumerated() {
            let rest = sum - part
            var low = 0
            var high = right.count
            while low < high {
                let place = (low + high) / 2
                if right[place].0 < rest { low = place + 1 } else { high = place }
            }
            while low < right.count, right[low].0 == rest {
                let both = UInt64(mask) | UInt64(right[low].1) << UInt64(middle)
                if both != 0 { found.append(both) }
                if found.count == 2 { return .several(indices(found[0]), indices(found[1])) }
                low += 1
            }
        }
        return found.first.map { .one(indices($0)) } ?? .none
    }

    /// Returns the sum of each subset of the amounts, at the index of its bit mask.
    private static func sums(of amounts: ArraySlice<Int64>) -> [Int64] {
        var sums: [Int64] = [0]
        for amount in amounts { sums += sums.map { $0 &+ amount } }
        return sums
    }

    private static func indices(_ mask: UInt64) -> [Int] {
        (0..<64).filter { mask & 1 << UInt64($0) != 0 }
    }
}
