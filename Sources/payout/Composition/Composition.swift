import AnorBank
import Bookkeeping
import Foundation
import Logging
import MerchantAPI
import Operations
import Payouts
import Processing
import Reports

/// Puts the program together with the real clock, randomness and bank. No other file may use these.
struct Composition: Sendable {
    let settings: Settings
    let console = Console.shared
    let logger: Logger
    let time = TimeSource(
        now: wallClock, uptime: MachineClock.uptime, boot: MachineClock.boot,
        sleep: { try await ContinuousClock().sleep(for: $0) })
    let metrics: RunMetrics?
    /// Shows what happens in a run, and stops the run on a signal.
    let display: RunDisplay
    let context: OperationContext

    /// - Parameter isServer: whether the desk shows the runs and handles the signals.
    init(_ settings: Settings, isServer: Bool = false) {
        self.settings = settings
        let (console, time) = (console, time)
        console.speak(settings.language)
        let logger = Logger(label: "payout") { _ in ConsoleLogHandler(console: console) }
        self.logger = logger
        let metrics = settings.metricsFile.map(RunMetrics.init)
        self.metrics = metrics
        let display = RunDisplay(
            console: console, time: time, language: settings.language, metrics: metrics, logger: logger,
            isServer: isServer)
        self.display = display
        context = OperationContext(
            person: settings.caller.recorded(on: ProcessInfo.processInfo.hostName),
            process: "process \(ProcessInfo.processInfo.processIdentifier)", time: time,
            timeZone: Self.timeZone, language: settings.language, ledger: settings.ledger,
            outputFolder: settings.outputFolder, rules: settings.rules,
            bank: BankAccess(catalogue: AnorBank.catalogue) {
                try await BankConnection(settings, observedBy: metrics, time: time, logger: logger)
            },
            logger: logger, random: { RandomSource(SystemRandomNumberGenerator()) }, observe: display.observe)
    }

    static let wallClock: @Sendable () -> Date = { Date() }

    /// The time zone of Uzbekistan, for reports and for the expiry of cards.
    static let timeZone = TimeZone(identifier: "Asia/Tashkent") ?? TimeZone(secondsFromGMT: 5 * 3600) ?? .gmt
}
