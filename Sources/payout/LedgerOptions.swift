import ArgumentParser
import Configuration
import Payouts

/// What every command that works on the ledger understands.
struct LedgerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger's file.", discussion: "Default: PAYOUT_LEDGER, or output/payouts.sqlite."))
    var ledger: String?

    @Option(help: "The language of findings and reports: ru, uz or en (PAYOUT_LANG).")
    var lang: Language?

    @Flag(help: "Print one JSON document to standard output.")
    var json = false

    /// - Parameter more: further flags that stand for settings.
    func settings(_ more: [ConfigKey: String?] = [:]) async throws -> Settings {
        var flags = more.compactMapValues { $0 }
        flags["ledger"] = ledger
        flags["lang"] = lang?.rawValue
        return try await Settings(flags: flags)
    }
}

extension Language: ExpressibleByArgument {}
