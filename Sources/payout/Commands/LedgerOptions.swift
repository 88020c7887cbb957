import ArgumentParser
import Bookkeeping
import Configuration
import Foundation
import Payouts

/// What every command that works on the ledger understands.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger's file.", discussion: "Default: PAYOUT_LEDGER, or ~/.local/state/payout/payouts.sqlite."))
    var ledger: String?

    @Flag(
        help: ArgumentHelp(
            "Practice: a built-in bank that moves no money, and a ledger of its own.",
            discussion: "The ledger is payouts.sandbox.sqlite beside the usual one, unless --ledger names one."))
    var sandbox = false

    @Option(help: "The language of findings and reports: ru, uz or en (PAYOUT_LANG).")
    var lang: Language?

    @Option(help: "What standard error gets: text, or json for programs that collect logs (PAYOUT_LOG).")
    var log: LogForm?

    @Option(help: "A file for Prometheus' text format, written while a run is on and at its end (PAYOUT_METRICS_FILE).")
    var metricsFile: String?

    @Flag(help: "Begin a second, separate ledger although its key was used before.")
    var newLedger = false

    @Flag(help: "The ledger was moved here on purpose.")
    var moved = false

    @Flag(help: "Print one JSON document to standard output.")
    var json = false

    /// - Parameter more: further flags that stand for settings.
    func settings(_ more: [ConfigKey: String?] = [:]) async throws -> Settings {
        LogForm.begin(log)
        var flags = more.compactMapValues { $0 }
        flags["ledger"] = ledger
        flags["lang"] = lang?.rawValue
        flags["metricsFile"] = metricsFile
        var settings = try await Settings(flags: flags, isSandboxed: sandbox)
        // Said each time, and never by a setting: a word about this very moment.
        if newLedger { settings.opening.creation = .secondLedger }
        settings.opening.isMoved = moved
        return settings
    }
}

enum LogForm: String, ExpressibleByArgument, CaseIterable {
    case text
    case json

    /// Before anything else, so that what is wrong with the settings is told in the same form.
    static func begin(_ option: LogForm?) {
        let named = ProcessInfo.processInfo.environment["PAYOUT_LOG"].flatMap(LogForm.init)
        if (option ?? named) == .json { Console.shared.becomeLog(by: Composition.wallClock) }
    }
}

extension Language: ExpressibleByArgument {}
