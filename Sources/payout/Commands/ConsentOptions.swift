import ArgumentParser
import Operations
import PaymentValues
import Payouts
import Reports

/// The options of a command that sends money: whether to ask first.
struct ConsentOptions: ParsableArguments {
    @Flag(help: "Do not ask; for cron. Does not accept warnings.")
    var yes = false

    @OptionGroup var acceptance: AcceptanceOptions

    /// Returns the consent given by a flag, or asks at the terminal.
    func consent(_ console: Console) -> Consent {
        .asked(isGiven: yes, coversWarnings: acceptance.acceptWarnings) { question in
            console.confirm(
                console.words(
                    question.warnings == 0 ? "ask.plain" : "ask.warned",
                    [
                        "payouts": console.words("ask.payouts", count: question.totals.rows),
                        "sum": question.totals.sum.description,
                        "warnings": console.words("ask.warnings", count: question.warnings),
                    ]))
        }
    }
}
