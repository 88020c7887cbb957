/// Matches lines without an id and without a person: one line for a batch or a day, or a single payout by its amount.
extension StatementMatching {
    /// The largest number of exact searches in one statement. It bounds their time.
    private static let mostSearches = 200
    /// The largest number of payouts that the search for parts examines.
    private static let mostWork = 20_000_000

    mutating func matchSums() {
        // Try merged lines before single amounts: a merged line is stronger evidence, and shows the account of the
        // payouts.
        var cells = freeCells()
        matchWholeGroups(&cells)
        matchSingles()
        matchPartsOfGroups()
        matchOtherSums()
    }

    private func freeCells() -> [SumCell] {
        cells(of: payouts.indices.filter { payouts[$0].isFree }, day: \.day) {
            ($0.amount, $0.withCommission ?? $0.amount)
        }
    }

    /// Returns the lines that may be merged lines, sorted by day.
    private func candidates() -> [Int] {
        lines.indices.filter {
            let line = lines[$0]
            return line.isDebit && line.outcome == .open && line.person == 0 && !line.marks.contains(.commissionWord)
                && mayBePayout(line)
        }.sorted { (lines[$0].day, $0) < (lines[$1].day, $1) }
    }

    private mutating func matchWholeGroups(_ cells: inout [SumCell]) {
        let groups = SumGroup.all(of: cells)
        var bySum: [Int64: [(group: Int, withCommission: Bool)]] = [:]
        // A single payout is not a merged line: its amount alone proves less.
        for (index, group) in groups.enumerated()
        where group.cells.count > 1 || cells[group.cells[0]].members.count > 1 {
            for (sum, withCommission) in group.sums { bySum[sum, default: []].append((index, withCommission)) }
        }
        for line in candidates() {
            guard let found = bySum[lines[line].amount], mayBePayout(lines[line]) else { continue }
            let near = found.filter { (0...Self.latestDebit).contains(lines[line].day - groups[$0.group].lastDay) }
            let free = near.filter { groups[$0.group].cells.allSatisfy { !cells[$0].isUsed } }
            guard let best = free.map({ lines[line].day - groups[$0.group].lastDay }).min() else {
                if !near.isEmpty { close(line, .twice, groups[near[0].group].evidence) }
                continue
            }
            let nearest = free.filter { lines[line].day - groups[$0.group].lastDay == best }
            if nearest.count > 1 {
                let members = nearest.flatMap { groups[$0.group].cells }.flatMap { cells[$0].members }
                for choice in nearest { for cell in groups[choice.group].cells { cells[cell].isUsed = true } }
                makeAmbiguous(lines: [line], payouts: Array(Set(members)).sorted())
                continue
            }
            let choice = nearest[0]
            for cell in groups[choice.group].cells {
                cells[cell].isUsed = true
                for payout in cells[cell].members {
                    agree(payout, line, groups[choice.group].evidence, withCommission: choice.withCommission)
                }
            }
            close(line, .agreed, groups[choice.group].evidence)
        }
    }

    /// Matches single payouts by account, day and amount.
    private mutating func matchSingles() {
        for withCommission in [false, true] {
            let open = candidates()
            if open.isEmpty { return }
            var entries = open.map { entry(line: $0, lines[$0].amount) }
            for index in payouts.indices where payouts[index].isFree {
                let amount = withCommission ? payouts[index].withCommission : payouts[index].amount
                guard let amount else { continue }
                entries.append(
                    Entry(key: UInt64(bitPattern: amount).spread, day: payouts[index].day, index: Int32(index)))
            }
            // An amount alone is evidence only if the account is known to be the payouts' account.
            let isKnown = !payoutAccounts.isEmpty || Self.hasOneAccount(open.map { lines[$0] }, entries)
            match(&entries) { matching, run in
                if isKnown {
                    matching.assign(run, .amount, withCommission: withCommission)
                } else {
                    matching.makeAmbiguous(lines: run.lines, payouts: run.payouts)
                }
            }
        }
    }

    /// Returns whether all open lines went to one account, and most of them have a payout with the same amount.
    private static func hasOneAccount(_ open: [LineRecord], _ entries: [Entry]) -> Bool {
        guard let first = open.first, open.count > 1, open.allSatisfy({ $0.counterAccount == first.counterAccount })
        else { return false }
        let keys = Set(entries.lazy.filter { $0.index >= 0 }.map(\.key))
        return open.count { keys.contains(UInt64(bitPattern: $0.amount).spread) } * 2 > open.count
    }

    // MARK: Parts

    /// The payouts that a merged line consists of.
    private struct Solution {
        var members: [Int]
        /// The payouts that are nearly all on the line.
        var doubtful: [Int] = []
        /// The payout that is on the line although the ledger does not call it paid.
        var unpaid: Int?
        var withCommission = false
    }

    /// Finds merged lines that leave out a few payouts of their group, or include one more.
    private mutating func matchPartsOfGroups() {
        var searches = 0
        var work = 0
        let all = freeCells()
        let unpaid = Dictionary(grouping: payouts.indices.filter { payouts[$0].standing == .notPaid }) {
            payouts[$0].day
        }
        for line in candidates() where work < Self.mostWork {
            let days = (lines[line].day - Self.latestDebit)...lines[line].day
            let cells = all.filter { days.contains($0.day) }.compactMap(stillFree)
            work += all.count + cells.reduce(0) { $0 + $1.members.count }
            let groups = SumGroup.all(of: cells).sorted { $0.lastDay > $1.lastDay }
            var solutions: [Solution] = []
            var lastDay: Int32?
            for group in groups {
                if let lastDay, group.lastDay < lastDay { break }
                let members = group.cells.flatMap { cells[$0].members }
                for (sum, withCommission) in group.sums {
                    let difference = sum - lines[line].amount
                    let found =
                        difference > 0
                        ? without(difference, members, withCommission)
                        : with(-difference, unpaid[group.lastDay] ?? [], members, withCommission)
                    guard let found else { continue }
                    solutions.append(found)
                    lastDay = group.lastDay
                }
            }
            if solutions.isEmpty, searches < Self.mostSearches {
                let near = cells.flatMap(\.members)
                if near.count <= PartSearch.most, near.count > 1 {
                    searches += 1
                    solutions = search(lines[line].amount, near)
                }
            }
            apply(solutions, to: line)
        }
    }

    private func stillFree(_ cell: SumCell) -> SumCell? {
        let members = cell.members.filter { payouts[$0].isFree }
        if members.isEmpty { return nil }
        return SumCell(
            batch: cell.batch, day: cell.day, members: members,
            sum: members.reduce(0) { $0 &+ value($1, false) },
            sumWithCommission: members.reduce(0) { $0 &+ value($1, true) })
    }

    /// Adds one payout that the ledger does not call paid.
    private func with(_ difference: Int64, _ unpaid: [Int], _ members: [Int], _ withCommission: Bool) -> Solution? {
        let fitting = unpaid.filter {
            payouts[$0].outcome == .open
                && (payouts[$0].amount == difference || payouts[$0].withCommission == difference)
        }
        guard difference > 0, fitting.count == 1 else { return nil }
        return Solution(members: members, unpaid: fitting[0], withCommission: withCommission)
    }

    private func value(_ payout: Int, _ withCommission: Bool) -> Int64 {
        withCommission ? payouts[payout].withCommission ?? payouts[payout].amount : payouts[payout].amount
    }

    /// Leaves out one or two payouts that make up the difference.
    private func without(
        _ difference: Int64, _ members: [Int], _ withCommission: Bool
    ) -> Solution? {
        guard difference > 0, members.count > 2 else { return nil }
        let single = members.filter { value($0, withCommission) == difference }
        if !single.isEmpty {
            let rest = members.filter { !single.contains($0) }
            return Solution(
                members: rest, doubtful: single.count == 1 ? [] : single, withCommission: withCommission)
        }
        var places: [Int64: [Int]] = [:]
        for member in members where value(member, withCommission) < difference {
            places[value(member, withCommission), default: []].append(member)
        }
        var pairs: [[Int]] = []
        for (amount, these) in places where amount * 2 <= difference {
            let others = amount * 2 == difference ? these : places[difference - amount] ?? []
            guard !others.isEmpty, amount * 2 != difference || these.count > 1 else { continue }
            pairs.append(amount * 2 == difference ? these : these + others)
            if pairs.count > 1 || pairs[0].count > 2 { break }
        }
        guard pairs.count == 1 else { return nil }
        let out = Set(pairs[0])
        return Solution(
            members: members.filter { !out.contains($0) }, doubtful: pairs[0].count == 2 ? [] : pairs[0].sorted(),
            withCommission: withCommission)
    }

    private func search(
        _ sum: Int64, _ members: [Int]
    ) -> [Solution] {
        var solutions: [Solution] = []
        for withCommission in [false, true] {
            let amounts = members.map { value($0, withCommission) }
            if withCommission, amounts == members.map({ value($0, false) }) { continue }
            switch PartSearch.parts(of: sum, from: amounts) {
            case .none: continue
            case .one(let part):
                solutions.append(Solution(members: part.map { members[$0] }, withCommission: withCommission))
            case .several(let first, let second):
                for part in [first, second] {
                    solutions.append(Solution(members: part.map { members[$0] }, withCommission: withCommission))
                }
            }
        }
        return solutions
    }

    private mutating func apply(
        _ solutions: [Solution], to line: Int
    ) {
        let distinct = Dictionary(solutions.map { (Set($0.members + ($0.unpaid.map { [$0] } ?? [])), $0) }) {
            first, _ in first
        }
        if distinct.count > 1 {
            let all = distinct.keys.reduce(into: Set<Int>()) { $0.formUnion($1) }
            lines[line].evidence = .partSum
            return makeAmbiguous(lines: [line], payouts: all.sorted())
        }
        guard let solution = distinct.values.first else { return }
        for payout in solution.members { agree(payout, line, .partSum, withCommission: solution.withCommission) }
        close(line, .agreed, .partSum)
        if let unpaid = solution.unpaid {
            lines[line].payout = Int32(unpaid)
            unpaidParts[line] =
                lines[line].amount - solution.members.reduce(0) { $0 &+ value($1, solution.withCommission) }
            payouts[unpaid].outcome = .onStatementNotPaid
            payouts[unpaid].line = Int32(line)
            payouts[unpaid].evidence = .partSum
            lines[line].outcome = .onStatementNotPaid
        }
        if !solution.doubtful.isEmpty {
            // All but a few of these are on the line. It is not known which.
            groups.append(MatchGroup(lines: [line], payouts: solution.doubtful))
            for payout in solution.doubtful {
                payouts[payout].outcome = .ambiguous
                payouts[payout].line = Link.group(groups.count - 1)
            }
        }
    }

    /// Matches a remaining line with the remaining payouts of its day. They belong together, but their totals differ.
    private mutating func matchOtherSums() {
        let open = candidates().filter {
            lines[$0].counterAccount != 0 && payoutAccounts.contains(lines[$0].counterAccount)
        }
        let byDay = Self.days(open) { lines[$0].day }
        for (day, lines) in byDay {
            let cells = freeCells().filter { $0.day == day }
            guard !cells.isEmpty else { continue }
            let members = cells.flatMap(\.members)
            guard lines.count == 1 else {
                makeAmbiguous(lines: lines, payouts: members)
                continue
            }
            for payout in members {
                payouts[payout].outcome = .otherAmount
                payouts[payout].line = Int32(lines[0])
                payouts[payout].evidence = .daySum
                payouts[payout].hasCommission = true
            }
            if members.count == 1 { self.lines[lines[0]].payout = Int32(members[0]) }
            close(lines[0], .otherAmount, .daySum)
        }
    }
}
