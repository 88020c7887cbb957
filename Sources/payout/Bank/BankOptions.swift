import ArgumentParser
import Configuration
import Payouts

/// What every method called by hand understands.
struct BankOptions: ParsableArguments {
    @Option(help: "The language of the bank's reasons: ru, uz or en (PAYOUT_LANG).")
    var lang: Language?

    @Option(help: "What standard error gets: text, or json for programs that collect logs (PAYOUT_LOG).")
    var log: LogForm?

    @Flag(help: "Print one JSON document to standard output.")
    var json = false

    /// Runs one method by hand, and ends with its status.
    func running(_ method: String, _ work: (ByHand) async throws -> ExitStatus) async throws {
        try await ending {
            LogForm.begin(log)
            let services = Services(try await Settings(flags: lang.map { ["lang": $0.rawValue] } ?? [:]))
            return try await work(
                ByHand(method: method, services: services, bank: try services.settings.bank(), printsJSON: json))
        }
    }
}

/// What every method that moves money understands.
struct MoneyOptions: ParsableArguments {
    @Flag(help: "Do not ask before money is moved.")
    var yes = false
}
