/// The payouts of one batch and one day. They are the smallest group that a bank may merge into one line.
struct SumCell {
    let batch: Int32
    let day: Int32
    /// The payouts, sorted by row.
    let members: [Int]
    /// The amount of a merged line, without the commission and with it.
    let sum: Int64
    let sumWithCommission: Int64
    var isUsed = false

    /// The amounts that a merged line can have, without duplicates.
    var sums: [(sum: Int64, withCommission: Bool)] {
        sum == sumWithCommission ? [(sum, false)] : [(sum, false), (sumWithCommission, true)]
    }
}

/// One or more cells that a bank may merge into one line.
struct SumGroup {
    let cells: [Int]
    let sums: [(sum: Int64, withCommission: Bool)]
    let lastDay: Int32
    let evidence: MatchEvidence

    static func all(of cells: [SumCell]) -> [SumGroup] {
        var groups: [SumGroup] = []
        func add(_ indices: [Int], _ evidence: MatchEvidence) {
            let plain = indices.reduce(Int64(0)) { $0 &+ cells[$1].sum }
            let with = indices.reduce(Int64(0)) { $0 &+ cells[$1].sumWithCommission }
            groups.append(
                SumGroup(
                    cells: indices, sums: plain == with ? [(plain, false)] : [(plain, false), (with, true)],
                    lastDay: indices.map { cells[$0].day }.max() ?? 0, evidence: evidence))
        }
        let byBatch = Dictionary(grouping: cells.indices) { cells[$0].batch }.sorted { $0.key < $1.key }
        let byDay = Dictionary(grouping: cells.indices) { cells[$0].day }.sorted { $0.key < $1.key }
        for index in cells.indices { add([index], .batchSum) }
        for (_, indices) in byBatch where indices.count > 1 { add(indices, .batchSum) }
        for (_, indices) in byDay where indices.count > 1 { add(indices, .daySum) }
        if byDay.count > 1, byBatch.count > 1 { add(Array(cells.indices), .daySum) }
        return groups
    }
}

extension StatementMatching {
    /// Groups payouts by batch and day.
    ///
    /// - Parameters:
    ///   - day: returns the day of a payout.
    ///   - value: returns the amount that the payout adds to a line, without its commission and with it.
    func cells(
        of indices: [Int], day: (PayoutRecord) -> Int32, value: (PayoutRecord) -> (Int64, Int64)
    ) -> [SumCell] {
        let sorted = indices.sorted {
            let (left, right) = (payouts[$0], payouts[$1])
            return (left.batch, day(left), left.row, left.attempt) < (right.batch, day(right), right.row, right.attempt)
        }
        var cells: [SumCell] = []
        var start = 0
        while start < sorted.count {
            let first = payouts[sorted[start]]
            var end = start
            var sum: Int64 = 0
            var with: Int64 = 0
            while end < sorted.count {
                let payout = payouts[sorted[end]]
                guard payout.batch == first.batch, day(payout) == day(first) else { break }
                let (plain, more) = value(payout)
                sum &+= plain
                with &+= more
                end += 1
            }
            cells.append(
                SumCell(
                    batch: first.batch, day: day(first), members: Array(sorted[start..<end]), sum: sum,
                    sumWithCommission: with))
            start = end
        }
        return cells
    }
}
