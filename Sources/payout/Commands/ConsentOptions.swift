import ArgumentParser
import Operations
import Payouts

/// The options of a command that sends money: whether to ask first.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Do not ask; for cron. Does not accept warnings.")
    var yes = false

    @Flag(help: "Pay in spite of warnings. The ledger records this.")
    var acceptWarnings = false

    /// Returns the consent given by a flag, or asks at the terminal.
    func consent(_ console: Console) -> Consent {
        .asked(isGiven: yes, coversWarnings: acceptWarnings) { question in
            let rows = question.totals.rows == 1 ? "1 payout" : "\(question.totals.rows) payouts"
            let warnings = question.warnings == 1 ? "1 warning" : "\(question.warnings) warnings"
            let remark = question.warnings == 0 ? "" : " in spite of \(warnings)"
            return console.confirm("Send \(rows) for \(question.totals.sum) so‘m\(remark)?")
        }
    }
}
