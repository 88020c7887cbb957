package import PaymentValues

/// The agreement between a statement and the ledger, to the tiyin.
///
/// Over all outcomes, the debit lines add up to the statement's debits, and the credit lines to its credits.
package struct Agreement {
    package struct Tally: Hashable, Sendable {
        package var count = 0
        package var sum = Tiyin.zero

        package init(count: Int = 0, sum: Tiyin = .zero) {
            self.count = count
            self.sum = sum
        }

        mutating func add(_ amount: Int64) throws(Tiyin.Overflow) {
            count += 1
            sum = try sum.adding(Tiyin(amount))
        }
    }

    package private(set) var debits: [MatchOutcome: Tally] = [:]
    package private(set) var credits: [MatchOutcome: Tally] = [:]
    package private(set) var payouts: [MatchOutcome: Tally] = [:]
    /// The commissions that the bank stated but that are not on the statement.
    package private(set) var missingCommissions = Tally()
    let matching: StatementMatching

    init(_ matching: StatementMatching) throws(Tiyin.Overflow) {
        self.matching = matching
        for index in matching.lines.indices {
            let line = matching.lines[index]
            if let part = matching.unpaidParts[index] {
                try debits[.onStatementNotPaid, default: Tally()].add(part)
                let agreed = debits[.agreed, default: Tally()]
                debits[.agreed] = Tally(
                    count: agreed.count, sum: try agreed.sum.adding(Tiyin(line.amount - part)))
            } else if line.isDebit {
                try debits[line.outcome, default: Tally()].add(line.amount)
            } else {
                try credits[line.outcome, default: Tally()].add(line.amount)
            }
        }
        for index in matching.payouts.indices {
            let payout = matching.payouts[index]
            let outcome = matching.returns[index] != nil && payout.isReturnable ? .returned : payout.outcome
            try payouts[outcome, default: Tally()].add(payout.amount)
            if payout.outcome == .agreed, payout.commission > 0, !payout.hasCommission {
                try missingCommissions.add(payout.commission)
            }
        }
    }

    /// Returns the totals to show for one outcome: of the payouts if the ledger knows them, and otherwise of the lines.
    package func shown(_ outcome: MatchOutcome) -> Tally {
        switch outcome {
        case .agreed:
            Tally(
                count: payouts[.agreed, default: Tally()].count + payouts[.returned, default: Tally()].count,
                sum: debits[.agreed, default: Tally()].sum)
        case .paidNotOnStatement: payouts[.paidNotOnStatement, default: Tally()]
        case .returned: credits[.returned, default: Tally()]
        case .foreign: debits[.foreign, default: Tally()]
        default: lines(outcome)
        }
    }

    private func lines(_ outcome: MatchOutcome) -> Tally {
        let (left, right) = (debits[outcome, default: Tally()], credits[outcome, default: Tally()])
        return Tally(count: left.count + right.count, sum: Tiyin(left.sum.count &+ right.sum.count))
    }

    /// The credits that do not belong to payouts.
    package var foreignCredits: Tally { credits[.foreign, default: Tally()] }

    /// Whether people have nothing left to settle.
    package var isComplete: Bool {
        MatchOutcome.allCases.allSatisfy { outcome in
            outcome == .agreed || outcome == .foreign || shown(outcome).count == 0
        } && (payouts[.ambiguous]?.count ?? 0) == 0 && missingCommissions.count == 0
    }

    // MARK: Lines and payouts

    /// A line with its outcome.
    package struct Line: Hashable, Sendable {
        package let place: Int
        package let document: String
        package let day: CalendarDay
        package let isDebit: Bool
        package let amount: Tiyin
        package let isCommission: Bool
        package let outcome: MatchOutcome
        package let evidence: MatchEvidence
        /// The payouts that the line may belong to. It is empty for a merged line that agrees: its payouts name the
        /// line.
        package let payouts: [Payout]
    }

    /// A payout, as the ledger named it.
    package struct Payout: Hashable, Sendable {
        package let batch: Int
        package let row: Int
        package let attempt: Int
        package let amount: Tiyin
    }

    /// A payout with its outcome, and the line on which it was found.
    package struct Found: Sendable {
        package let payout: Payout
        package let outcome: MatchOutcome
        package let evidence: MatchEvidence
        package let line: Line?
        package let returnLine: Line?
    }

    package func forEachLine(_ each: (Line) throws -> Void) rethrows {
        for index in matching.lines.indices { try each(line(index)) }
    }

    /// Calls `each` with each payout that is on the statement or should be.
    package func forEachPayout(_ each: (Found) throws -> Void) rethrows {
        for index in matching.payouts.indices {
            let record = matching.payouts[index]
            let back = matching.returns[index]
            guard record.outcome != .open || back != nil else { continue }
            let outcome = back != nil && record.isReturnable ? .returned : record.outcome
            try each(
                Found(
                    payout: payout(index), outcome: outcome, evidence: record.evidence,
                    line: record.line >= 0 ? line(Int(record.line)) : nil, returnLine: back.map(line)))
        }
    }

    private func payout(_ index: Int) -> Payout {
        let record = matching.payouts[index]
        return Payout(
            batch: Int(record.batch), row: Int(record.row), attempt: Int(record.attempt), amount: Tiyin(record.amount))
    }

    private func line(_ index: Int) -> Line {
        let record = matching.lines[index]
        let start = Int(record.documentStart)
        let document = matching.documents[start..<(start + Int(record.documentLength))]
        let named: [Int] =
            if let group = Link.group(of: record.payout) {
                matching.groups[group].payouts
            } else {
                record.payout >= 0 ? [Int(record.payout)] : []
            }
        return Line(
            place: Int(record.place), document: String(decoding: document, as: UTF8.self),
            day: CalendarDay(number: Int(record.day)), isDebit: record.isDebit, amount: Tiyin(record.amount),
            isCommission: record.marks.contains(.commission), outcome: record.outcome, evidence: record.evidence,
            payouts: named.map(payout))
    }
}
