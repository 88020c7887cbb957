import AnorBank
import Bookkeeping
import Foundation
import Logging
import MerchantAPI
import Payouts
import Processing
import Reports

/// The one place where the parts are put together with the real clock, the real randomness and the real bank.
struct Services: Sendable {
    let settings: Settings
    let console = Console.shared
    let logger: Logger
    let time: TimeSource
    let metrics: RunMetrics?
    /// The person in whose name things are done.
    private(set) var who = Self.accountHolder

    /// - Parameter time: by default the machine's.
    init(_ settings: Settings, time: TimeSource? = nil) {
        self.settings = settings
        metrics = settings.metricsFile.map(RunMetrics.init)
        let console = console
        logger = Logger(label: "payout") { _ in ConsoleLogHandler(console: console) }
        self.time =
            time
            ?? TimeSource(
                now: Self.wallClock, uptime: MachineClock.uptime, boot: MachineClock.boot,
                sleep: { try await ContinuousClock().sleep(for: $0) })
    }

    static let wallClock: @Sendable () -> Date = { Date() }

    /// Where several people share the ledger's account, they come to it through sudo, which says who they are.
    private static var accountHolder: String {
        let process = ProcessInfo.processInfo
        return (process.environment["SUDO_USER"] ?? NSUserName()) + "@" + process.hostName
    }

    /// The same, for what is done in another person's name.
    func inTheName(of person: String) -> Services {
        var services = self
        services.who = person
        return services
    }

    /// Accountants read, and cards expire, by the clock of Uzbekistan.
    static let timeZone = TimeZone(identifier: "Asia/Tashkent") ?? TimeZone(secondsFromGMT: 5 * 3600) ?? .gmt

    /// A log is of many batches; a person sees which one is at work.
    func logger(for batch: BatchRecord) -> Logger {
        guard console.isLog else { return logger }
        var logger = logger
        logger[metadataKey: "batch"] = "\(batch.reference)"
        return logger
    }

    var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.timeZone
        return calendar
    }

    func runnerLock(for batch: String) throws -> RunnerLock {
        try RunnerLock(
            ledgerPath: settings.ledgerPath,
            holder:
                "process \(ProcessInfo.processInfo.processIdentifier) of \(who), batch “\(batch)”, since \(stamp(time.now()))"
        )
    }

    var policy: ReconciliationPolicy {
        ReconciliationPolicy(
            hardTimeout: settings.requestTimeout, quietPeriod: settings.quietPeriod, whenNotFound: settings.whenNotFound
        )
    }

    func stamp(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = Self.timeZone
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return formatter.string(from: date)
    }
}
