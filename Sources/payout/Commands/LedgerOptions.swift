import ArgumentParser
import Bookkeeping
import Payouts
import ProgramSettings

/// The options of every command that works on the ledger.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger's file.", discussion: "Default: PAYOUT_LEDGER, or ~/.local/state/payout/payouts.sqlite."))
    var ledger: String?

    @Flag(
        help: ArgumentHelp(
            "Practise with a built-in bank that moves no money, and a separate ledger.",
            discussion: "The ledger is payouts.sandbox.sqlite beside the usual one, unless --ledger names another."))
    var sandbox = false

    @Option(help: "A file for metrics in Prometheus text format, updated during a run (PAYOUT_METRICS_FILE).")
    var metricsFile: String?

    @Flag(help: "Create a second, separate ledger with a key that was used before.")
    var newLedger = false

    @Flag(help: "Confirm that you moved the ledger here on purpose.")
    var moved = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var config: ConfigOptions

    var json: Bool { output.json }

    /// Reads the settings.
    /// - Parameter more: the settings from other options.
    func settings(_ more: [Setting: String?] = [:]) throws -> Settings {
        LogForm.begin(output.log)
        var given = more.compactMapValues { $0 }
        given[.ledger] = ledger
        given[.lang] = output.lang?.rawValue
        given[.metricsFile] = metricsFile
        var settings = try config.settings(given, isSandboxed: sandbox)
        LogForm.begin(try output.log ?? settings.values.choice(.log))
        // These two are options and never settings, because they are true only at this moment.
        if newLedger { settings.opening.creation = .secondLedger }
        settings.opening.isMoved = moved
        return settings
    }
}
