import PaymentValues
import Payouts
import Statements

/// The JSON that `payout statement` prints.
package struct StatementDocument: Encodable {
    let account, from, to: String
    let balances: Balances
    let agreed, paidNotOnStatement, onStatementNotPaid, twice, otherAmount, returned, foreign, ambiguous: Tally
    /// The commissions that the bank stated when it paid, and that no line has.
    let missingCommissions: Tally
    let foreignCredits: Tally
    let lines: [Line]?
    let payouts: [Payout]?

    struct Balances: Encodable {
        let opening, debits, credits, closing: Int64
        let addUp: Bool
    }

    struct Tally: Encodable {
        let count: Int
        let tiyin: Int64

        init(_ tally: Agreement.Tally) {
            count = tally.count
            tiyin = tally.sum.count
        }
    }

    struct Line: Encodable {
        let line: Int
        let document, day, outcome, evidence: String
        let isDebit, isCommission: Bool
        let tiyin: Int64
        let payouts: [Place]
    }

    struct Place: Encodable {
        let batch: String
        let row, attempt: Int
        let tiyin: Int64
    }

    struct Payout: Encodable {
        let place: Place
        let outcome, evidence: String
        let line: Int?
        let document, day: String?
    }

    /// Makes the document.
    /// - Parameter hasRows: whether it lists every line and payout.
    package init(_ result: AgreeStatement.Result, hasRows: Bool) {
        let (statement, agreement) = (result.statement, result.agreement)
        account = statement.account.digits
        from = statement.period.lowerBound.iso
        to = statement.period.upperBound.iso
        balances = Balances(
            opening: statement.balances.opening.count, debits: statement.balances.debits.count,
            credits: statement.balances.credits.count, closing: statement.balances.closing.count, addUp: true)
        agreed = Tally(agreement.shown(.agreed))
        paidNotOnStatement = Tally(agreement.shown(.paidNotOnStatement))
        onStatementNotPaid = Tally(agreement.shown(.onStatementNotPaid))
        twice = Tally(agreement.shown(.twice))
        otherAmount = Tally(agreement.shown(.otherAmount))
        returned = Tally(agreement.shown(.returned))
        foreign = Tally(agreement.shown(.foreign))
        ambiguous = Tally(agreement.shown(.ambiguous))
        missingCommissions = Tally(agreement.missingCommissions)
        foreignCredits = Tally(agreement.foreignCredits)
        guard hasRows else {
            (lines, payouts) = (nil, nil)
            return
        }
        func place(_ payout: Agreement.Payout) -> Place {
            Place(
                batch: result.batches[payout.batch]?.name ?? "", row: payout.row, attempt: payout.attempt,
                tiyin: payout.amount.count)
        }
        var lines: [Line] = []
        agreement.forEachLine { line in
            lines.append(
                Line(
                    line: line.place, document: line.document, day: line.day.iso, outcome: "\(line.outcome)",
                    evidence: "\(line.evidence)", isDebit: line.isDebit, isCommission: line.isCommission,
                    tiyin: line.amount.count, payouts: line.payouts.map(place)))
        }
        var payouts: [Payout] = []
        agreement.forEachPayout { found in
            let line = found.returnLine ?? found.line
            payouts.append(
                Payout(
                    place: place(found.payout), outcome: "\(found.outcome)", evidence: "\(found.evidence)",
                    line: line?.place, document: line?.document, day: line?.day.iso))
        }
        (self.lines, self.payouts) = (lines, payouts)
    }
}
