import Foundation
import Operations
import PaymentValues
import Payouts
import Reports
import Statements

/// The result of a comparison with a bank's statement.
struct StatementPage: Sendable {
    let title, name, verdict, kind: String
    let agreedBefore: String?
    let figures: [Figure]
    let groups: [Group]
    let sumHeading, countHeading, documentHeading: String

    struct Figure: Sendable {
        let name, count, sum: String
    }

    struct Group: Sendable {
        let id, heading: String
        let advice, more: String?
        let items: [Item]
    }

    struct Item: Sendable {
        let line, day, document, amount: String
        let places: [Place]
    }

    struct Place: Sendable {
        let text, href: String
    }

    init(_ result: AgreeStatement.Result, named name: String, in w: Wording) {
        let words = StatementWords.of(w.language)
        let (statement, agreement) = (result.statement, result.agreement)
        self.name = name
        title = words.title(of: statement)
        verdict = agreement.isComplete ? words.complete : words.incomplete
        kind = agreement.isComplete ? "good" : "warning"
        agreedBefore = result.agreedBefore == nil ? nil : words.agreedBefore
        let balances = statement.balances
        figures =
            [
                (words.opening, balances.opening), (words.credits, balances.credits), (words.debits, balances.debits),
                (words.closing, balances.closing),
            ].map { Figure(name: $0, count: "", sum: Figures.amount($1)) }
            + MatchOutcome.allCases.filter { $0 != .open }.map { outcome in
                Figure(words.name(outcome), agreement.shown(outcome))
            }
            + (agreement.missingCommissions.count > 0
                ? [Figure(words.missingCommissions, agreement.missingCommissions)] : [])
            + [Figure(words.foreignCredits, agreement.foreignCredits)]
        groups = StatementQuestions(result).groups.map { Group($0, words, w) }
        (sumHeading, countHeading) = (words.sum, words.lines)
        documentHeading = words.document.firstUppercased
    }
}

extension StatementPage.Figure {
    fileprivate init(_ name: String, _ tally: Agreement.Tally) {
        self.init(name: name.firstUppercased, count: Figures.number(tally.count), sum: Figures.amount(tally.sum))
    }
}

extension StatementPage.Group {
    fileprivate init(_ group: StatementQuestions.Group, _ words: StatementWords, _ w: Wording) {
        id = "outcome-\(group.outcome.rawValue)"
        heading = words.name(group.outcome).firstUppercased
        advice = group.outcome == .onStatementNotPaid ? w("statementIsEvidence") : nil
        more =
            group.count > group.items.count
            ? w("moreLines", ["n": Figures.number(group.count - group.items.count)]) : nil
        items = group.items.map { item in
            StatementPage.Item(
                line: item.line.map { "\($0.place)" } ?? "—", day: item.line?.day.description ?? "—",
                document: item.line?.document ?? "—",
                amount: Figures.amount(item.line?.amount ?? item.payouts.first?.payout.amount ?? .zero),
                places: item.payouts.compactMap { place in
                    place.batch.map {
                        .init(
                            text: "\($0.name), \(words.row) \(place.payout.row)",
                            href: "\(Desk.path($0))/rows/\(place.payout.row)")
                    }
                })
        }
    }
}
