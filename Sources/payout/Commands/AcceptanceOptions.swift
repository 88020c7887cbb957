import ArgumentParser
import ProgramSettings

/// The options of a command that pays files with warnings.
struct AcceptanceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Pay in spite of warnings of these kinds, separated by commas (PAYOUT_ACCEPT). The ledger records this.",
            discussion: "For example: --accept changed-card,amount-far-off. The refusal names the kinds.",
            valueName: "kinds"))
    var accept: String?

    @Flag(help: "Pay in spite of warnings of every kind. The ledger records this.")
    var acceptWarnings = false

    var settings: [Setting: String?] { [.accept: accept] }
}
