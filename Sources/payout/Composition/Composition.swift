import AnorBank
import Bookkeeping
import Foundation
import Logging
import MerchantAPI
import Monitoring
import Operations
import Payouts
import Processing
import ProgramSettings
import Reports

/// Composes the program with the real clock, randomness and bank. No other file may use these.
struct Composition: Sendable {
    let settings: Settings
    let console = Console.shared
    let logger: Logger
    let time = TimeSource(
        now: wallClock, uptime: MachineClock.uptime, boot: MachineClock.boot,
        sleep: { try await ContinuousClock().sleep(for: $0) })
    let metrics: RunMetrics?
    /// Shows the events of a run, and stops the run on a signal.
    let display: RunDisplay
    let context: OperationContext

    /// Composes the program.
    /// - Parameter isServer: whether the desk shows the runs and handles the signals.
    init(_ settings: Settings, isServer: Bool = false) {
        self.settings = settings
        let (console, time) = (console, time)
        console.speak(settings.language)
        let logger = Logger(label: "payout") { _ in ConsoleLogHandler(console: console) }
        self.logger = logger
        let metrics = isServer ? RunMetrics(path: settings.metricsFile) : settings.metricsFile.map(RunMetrics.init)
        self.metrics = metrics
        let display = RunDisplay(
            console: console, time: time, metrics: metrics, logger: logger,
            isServer: isServer)
        self.display = display
        context = OperationContext(
            person: settings.caller.recorded(on: ProcessInfo.processInfo.hostName),
            process: "process \(ProcessInfo.processInfo.processIdentifier)", time: time,
            timeZone: Self.timeZone, language: settings.language, ledger: settings.ledger,
            outputFolder: settings.outputFolder, organisation: settings.organisation, rules: settings.rules,
            choices: settings.choices,
            bank: BankAccess(catalogue: AnorBank.catalogue) {
                try await BankConnection(settings, observedBy: metrics, time: time, logger: logger)
            },
            logger: logger, random: { RandomSource(SystemRandomNumberGenerator()) }, observe: display.observe)
    }

    static let wallClock: @Sendable () -> Date = { Date() }

    /// The time zone of Uzbekistan, for reports and for the expiry of cards.
    static let timeZone = TimeZone(identifier: "Asia/Tashkent") ?? TimeZone(secondsFromGMT: 5 * 3600) ?? .gmt
}
