/// Matches commissions that the bank debits separately, and money that it returns, without an id.
extension StatementMatching {
    /// Matches lines of commissions: the total of a day, of a batch, or of the whole statement.
    mutating func matchCommissions() {
        let open = lines.indices.filter {
            lines[$0].isDebit && lines[$0].outcome == .open && lines[$0].marks.contains(.commissionWord)
        }.sorted { (lines[$0].day, $0) < (lines[$1].day, $1) }
        guard !open.isEmpty else { return }
        var cells = commissionCells()
        let groups = SumGroup.all(of: cells)
        var bySum: [Int64: [Int]] = [:]
        for (index, group) in groups.enumerated() { bySum[group.sums[0].sum, default: []].append(index) }
        for line in open {
            let near = (bySum[lines[line].amount] ?? []).filter {
                (0...Self.latestDebit).contains(lines[line].day - groups[$0].lastDay)
            }
            let free = near.filter { groups[$0].cells.allSatisfy { !cells[$0].isUsed } }
            let best = free.min { groups[$0].lastDay > groups[$1].lastDay }
            guard let best else {
                if !near.isEmpty {
                    lines[line].marks.insert(.commission)
                    close(line, .twice, groups[near[0]].evidence)
                }
                continue
            }
            for cell in groups[best].cells {
                cells[cell].isUsed = true
                for payout in cells[cell].members { payouts[payout].hasCommission = true }
            }
            lines[line].marks.insert(.commission)
            close(line, .agreed, groups[best].evidence)
        }
        compareOtherCommissions(open.filter { lines[$0].outcome == .open })
    }

    private func commissionCells() -> [SumCell] {
        let indices = payouts.indices.filter {
            payouts[$0].outcome == .agreed && !payouts[$0].hasCommission && payouts[$0].commission > 0
                && payouts[$0].line >= 0
        }
        return cells(of: indices, day: { lines[Int($0.line)].day }, value: { ($0.commission, $0.commission) })
    }

    /// Matches a remaining commission line with the remaining commissions of its day. They belong together, but their
    /// amounts differ.
    private mutating func compareOtherCommissions(_ open: [Int]) {
        let known = open.filter {
            lines[$0].counterAccount != 0
                && (commissionAccounts.contains(lines[$0].counterAccount)
                    || payoutAccounts.contains(lines[$0].counterAccount))
        }
        let cells = commissionCells()
        for (day, lines) in Self.days(known, { lines[$0].day }) where lines.count == 1 {
            let members = cells.filter { $0.day == day }.flatMap(\.members)
            guard !members.isEmpty else { continue }
            for payout in members { payouts[payout].hasCommission = true }
            self.lines[lines[0]].marks.insert(.commission)
            if members.count == 1 { self.lines[lines[0]].payout = Int32(members[0]) }
            close(lines[0], .otherAmount, .daySum)
        }
    }

    /// Matches credits that return a payout.
    mutating func matchReturns() {
        let open = lines.indices.filter { index in
            let line = lines[index]
            guard !line.isDebit, line.outcome == .open else { return false }
            return line.marks.contains(.returnWord)
                && (line.person != 0 || line.counterAccount != 0 && payoutAccounts.contains(line.counterAccount))
        }
        guard !open.isEmpty else { return }
        for step in [MatchEvidence.card, .name, .amount] {
            let these = open.filter { lines[$0].outcome == .open && evidence(of: lines[$0]) == step }
            guard !these.isEmpty else { continue }
            var entries = these.map { entry(line: $0, lines[$0].amount) }
            for index in payouts.indices where payouts[index].outcome == .agreed && returns[index] == nil {
                let amounts = [payouts[index].amount, payouts[index].withCommission].compactMap(\.self)
                for amount in amounts {
                    if step == .amount {
                        entries.append(
                            Entry(key: UInt64(bitPattern: amount).spread, day: payouts[index].day, index: Int32(index)))
                    } else {
                        append(payout: index, amount, step == .card, to: &entries)
                    }
                }
            }
            match(&entries) { matching, run in matching.payBack(run, step) }
        }
    }

    private func evidence(of line: LineRecord) -> MatchEvidence {
        line.person == 0 ? .amount : line.person >> 63 == 0 ? .card : .name
    }

    private mutating func payBack(_ run: Run, _ evidence: MatchEvidence) {
        let earlier = run.payouts.filter { payouts[$0].day <= lines[run.lines[0]].day }
        if run.lines.count == 1, earlier.count == 1 {
            returns[earlier[0]] = run.lines[0]
            lines[run.lines[0]].payout = Int32(earlier[0])
            close(run.lines[0], .returned, evidence)
        } else if !earlier.isEmpty {
            for line in run.lines {
                lines[line].evidence = evidence
                lines[line].outcome = .ambiguous
            }
            let group = Link.group(groups.count)
            groups.append(MatchGroup(lines: run.lines, payouts: earlier))
            for line in run.lines { lines[line].payout = group }
        }
    }
}
