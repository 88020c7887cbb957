package import Payouts
package import Statements

/// The questions of a comparison to a person: the first lines and payouts of each outcome, and their number.
package struct StatementQuestions {
    package static let shown = 20

    package let groups: [Group]

    package struct Group {
        package let outcome: MatchOutcome
        package fileprivate(set) var items: [Item] = []
        package fileprivate(set) var count = 0
    }

    /// A line of the statement with the payouts that it may belong to, or a payout that has no line.
    package struct Item {
        package let line: Agreement.Line?
        package let payouts: [Place]
    }

    package struct Place {
        package let batch: BatchReference?
        package let payout: Agreement.Payout
    }

    package init(_ result: AgreeStatement.Result) {
        var groups: [MatchOutcome: Group] = [:]
        func add(_ outcome: MatchOutcome, _ item: @autoclosure () -> Item) {
            var group = groups[outcome] ?? Group(outcome: outcome)
            group.count += 1
            if group.count <= Self.shown { group.items.append(item()) }
            groups[outcome] = group
        }
        func place(_ payout: Agreement.Payout) -> Place {
            Place(batch: result.batches[payout.batch], payout: payout)
        }
        result.agreement.forEachLine { line in
            guard line.outcome != .agreed, line.outcome != .foreign else { return }
            add(line.outcome, Item(line: line, payouts: line.payouts.prefix(5).map(place)))
        }
        result.agreement.forEachPayout { found in
            // A payout that may be on a line is listed with it, unless the line itself agrees.
            let isAlone = found.outcome == .ambiguous && found.line?.outcome == .agreed
            guard found.outcome == .paidNotOnStatement || isAlone else { return }
            add(found.outcome, Item(line: nil, payouts: [place(found.payout)]))
        }
        self.groups = MatchOutcome.allCases.compactMap { groups[$0] }
    }
}
