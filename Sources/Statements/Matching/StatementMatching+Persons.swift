/// Matches lines that name a card or a person instead of an id.
extension StatementMatching {
    /// A payout or a line under its key.
    struct Entry {
        let key: UInt64
        let day: Int32
        /// The index of a payout, or the complement of the index of a line.
        let index: Int32
    }

    mutating func matchPersons() {
        matchPersons(byCard: true)
        matchPersons(byCard: false)
    }

    private mutating func matchPersons(byCard: Bool) {
        let evidence = byCard ? MatchEvidence.card : .name
        let persons = lines.indices.filter {
            isOpenDebit($0, byCard: byCard) && !lines[$0].marks.contains(.commissionWord)
        }
        if !persons.isEmpty {
            for withCommission in [false, true] {
                var entries = persons.filter { lines[$0].outcome == .open }.map { entry(line: $0, lines[$0].amount) }
                for index in payouts.indices where payouts[index].isFree {
                    let amount = withCommission ? payouts[index].withCommission : payouts[index].amount
                    if let amount { append(payout: index, amount, byCard, to: &entries) }
                }
                match(&entries) { matching, run in
                    matching.assign(run, evidence, withCommission: withCommission)
                }
            }
            // Match what is left of one person: one payout and one line with different amounts.
            var entries = persons.filter { lines[$0].outcome == .open }.map { entry(line: $0, 0) }
            for index in payouts.indices where payouts[index].isFree { append(payout: index, 0, byCard, to: &entries) }
            match(&entries) { matching, run in matching.compareAmounts(run, evidence) }
        }
        matchCommissionsOfPersons(byCard)
    }

    private mutating func matchCommissionsOfPersons(_ byCard: Bool) {
        let persons = lines.indices.filter {
            isOpenDebit($0, byCard: byCard) && lines[$0].marks.contains(.commissionWord)
        }
        guard !persons.isEmpty else { return }
        var entries = persons.map { entry(line: $0, lines[$0].amount) }
        for index in payouts.indices
        where payouts[index].outcome == .agreed && !payouts[index].hasCommission && payouts[index].commission > 0 {
            append(payout: index, payouts[index].commission, byCard, to: &entries)
        }
        match(&entries) { matching, run in
            let open = run.lines
            for (line, payout) in zip(open, run.payouts) {
                matching.lines[line].marks.insert(.commission)
                matching.lines[line].payout = Int32(payout)
                matching.payouts[payout].hasCommission = true
                matching.close(line, .agreed, byCard ? .card : .name)
            }
            for line in open.dropFirst(run.payouts.count) where !run.payouts.isEmpty {
                matching.lines[line].marks.insert(.commission)
                matching.close(line, .twice, byCard ? .card : .name)
            }
        }
    }

    /// Links remaining lines to payouts that the ledger does not call paid. The person who decides about these payouts
    /// needs these lines.
    mutating func matchUnpaid() {
        for byCard in [true, false] {
            var entries = lines.indices.filter { isOpenDebit($0, byCard: byCard) }.map {
                entry(line: $0, lines[$0].amount)
            }
            if entries.isEmpty { continue }
            for index in payouts.indices where payouts[index].standing == .notPaid && payouts[index].outcome == .open {
                append(payout: index, payouts[index].amount, byCard, to: &entries)
                if let amount = payouts[index].withCommission { append(payout: index, amount, byCard, to: &entries) }
            }
            match(&entries) { matching, run in
                let group = Link.group(matching.groups.count)
                let isPair = run.lines.count == 1 && run.payouts.count == 1
                if !isPair { matching.groups.append(MatchGroup(lines: run.lines, payouts: run.payouts)) }
                for line in run.lines {
                    matching.lines[line].payout = isPair ? Int32(run.payouts[0]) : group
                    matching.close(line, .onStatementNotPaid, byCard ? .card : .name)
                }
                for payout in run.payouts {
                    matching.payouts[payout].outcome = .onStatementNotPaid
                    matching.payouts[payout].line = isPair ? Int32(run.lines[0]) : group
                    matching.payouts[payout].evidence = byCard ? .card : .name
                }
            }
        }
    }

    private func isOpenDebit(_ index: Int, byCard: Bool) -> Bool {
        let line = lines[index]
        return line.isDebit && line.outcome == .open && line.person != 0 && (line.person >> 63 == 0) == byCard
    }

    func entry(line index: Int, _ amount: Int64) -> Entry {
        Entry(
            key: lines[index].person ^ UInt64(bitPattern: amount).spread, day: lines[index].day, index: ~Int32(index))
    }

    func append(payout index: Int, _ amount: Int64, _ byCard: Bool, to entries: inout [Entry]) {
        let person = byCard ? payouts[index].card : payouts[index].name
        if person == 0 { return }
        entries.append(
            Entry(key: person ^ UInt64(bitPattern: amount).spread, day: payouts[index].day, index: Int32(index)))
    }

    /// The lines and payouts of one key, each sorted by day.
    struct Run {
        var lines: [Int] = []
        var payouts: [Int] = []
    }

    /// Calls `each` for each key that has both lines and payouts.
    mutating func match(_ entries: inout [Entry], _ each: (inout StatementMatching, Run) -> Void) {
        entries.sort { ($0.key, $0.day, $0.index) < ($1.key, $1.day, $1.index) }
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            if end - start > 1 {
                var run = Run()
                for entry in entries[start..<end] {
                    if entry.index < 0 {
                        run.lines.append(Int(~entry.index))
                    } else {
                        run.payouts.append(Int(entry.index))
                    }
                }
                if !run.lines.isEmpty, !run.payouts.isEmpty { each(&self, run) }
            }
            start = end
        }
    }

    /// Assigns to each line of a run the payout of the same day, or otherwise the latest earlier one.
    mutating func assign(_ run: Run, _ evidence: MatchEvidence, withCommission: Bool) {
        var partner: [(line: Int, payout: Int)] = []
        var openLines: [Int] = []
        var openPayouts: [Int] = []
        let linesByDay = Self.days(run.lines) { lines[$0].day }
        let payoutsByDay = Self.days(run.payouts) { payouts[$0].day }
        var place = 0
        for (day, ofDay) in payoutsByDay {
            while place < linesByDay.count, linesByDay[place].day < day {
                openLines += linesByDay[place].indices
                place += 1
            }
            guard place < linesByDay.count, linesByDay[place].day == day else {
                openPayouts += ofDay
                continue
            }
            let lines = linesByDay[place].indices
            place += 1
            partner += zip(lines, ofDay).map { ($0, $1) }
            openLines += lines.dropFirst(ofDay.count)
            openPayouts += ofDay.dropFirst(lines.count)
        }
        for rest in linesByDay[place...] { openLines += rest.indices }
        // Match late debits: take the latest payout before the line.
        var doubled: [Int] = []
        var waiting: [Int] = []
        var next = 0
        for line in openLines {
            while next < openPayouts.count, payouts[openPayouts[next]].day <= lines[line].day {
                waiting.append(openPayouts[next])
                next += 1
            }
            if let last = waiting.last, lines[line].day - payouts[last].day <= Self.latestDebit {
                waiting.removeLast()
                partner.append((line, last))
            } else {
                doubled.append(line)
            }
        }
        let left = Set(waiting + openPayouts[next...])
        settle(partner, left: left, evidence, withCommission)
        for line in doubled {
            guard let earlier = partner.first else { continue }
            lines[line].payout = Int32(earlier.payout)
            close(line, .twice, evidence)
        }
    }

    /// Settles pairs. Payouts of one day, card and amount look the same. If one of them has no line, it is not known
    /// which one.
    private mutating func settle(
        _ pairs: [(line: Int, payout: Int)], left: Set<Int>, _ evidence: MatchEvidence, _ withCommission: Bool
    ) {
        let openDays = Dictionary(grouping: left) { payouts[$0].day }
        var doubtful: [Int32: MatchGroup] = [:]
        for (line, payout) in pairs {
            if let alike = openDays[payouts[payout].day] {
                doubtful[payouts[payout].day, default: MatchGroup(lines: [], payouts: alike)].lines.append(line)
                doubtful[payouts[payout].day]?.payouts.append(payout)
            } else {
                lines[line].payout = Int32(payout)
                agree(payout, line, evidence, withCommission: withCommission)
                close(line, .agreed, evidence)
            }
        }
        for (_, group) in doubtful.sorted(by: { $0.key < $1.key }) {
            for line in group.lines { lines[line].evidence = evidence }
            makeAmbiguous(lines: group.lines.sorted(), payouts: group.payouts.sorted())
        }
    }

    private mutating func compareAmounts(_ run: Run, _ evidence: MatchEvidence) {
        guard run.lines.count == 1, run.payouts.count == 1 else { return }
        let (line, payout) = (run.lines[0], run.payouts[0])
        let lag = lines[line].day - payouts[payout].day
        guard (0...Self.latestDebit).contains(lag) else { return }
        lines[line].payout = Int32(payout)
        payouts[payout].outcome = .otherAmount
        payouts[payout].line = Int32(line)
        payouts[payout].evidence = evidence
        payouts[payout].hasCommission = true
        close(line, .otherAmount, evidence)
    }

    static func days(_ indices: [Int], _ day: (Int) -> Int32) -> [(day: Int32, indices: [Int])] {
        var days: [(day: Int32, indices: [Int])] = []
        for index in indices {
            if days.last?.day == day(index) {
                days[days.count - 1].indices.append(index)
            } else {
                days.append((day(index), [index]))
            }
        }
        return days
    }
}
