import ArgumentParser
import Foundation
import Payouts

/// The options for the language and the form of a command's output.
struct OutputOptions: ParsableArguments {
    @Option(help: "The language of messages and reports: ru, uz or en (PAYOUT_LANG). Default: the locale.")
    var lang: Language?

    @Option(help: "The form of standard error: text, or json for log collectors (PAYOUT_LOG).")
    var log: LogForm?

    @Flag(help: "Print one JSON document to standard output.")
    var json = false
}

enum LogForm: String, ExpressibleByArgument, CaseIterable {
    case text
    case json

    /// Sets the form of standard error. Call it first, so that errors in the settings get this form too.
    static func begin(_ option: LogForm?) {
        let named = ProcessInfo.processInfo.environment["PAYOUT_LOG"].flatMap(LogForm.init)
        if (option ?? named) == .json { Console.shared.becomeLog(by: Composition.wallClock) }
    }
}

extension Language: ExpressibleByArgument {}
