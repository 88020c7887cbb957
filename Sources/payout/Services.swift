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

    /// Opens the ledger, or makes a new one, and tells what the opening found out.
    func openLedger(for purpose: LedgerOpening.Purpose = .working) throws -> Ledger {
        var opening = settings.opening
        opening.purpose = purpose
        let ledger = try Ledger(
            path: settings.ledgerPath, keyFile: KeyFile(path: settings.keyFilePath), who: who, opening: opening,
            now: time.now)
        LedgerNotices.shared.tell(of: ledger, console)
        return ledger
    }

    /// Opens the ledger where there is one: a mistyped path must not become an empty ledger.
    ///
    /// - Parameter purpose: `reading` for what changes nothing, so that copies can be looked at.
    func openExistingLedger(for purpose: LedgerOpening.Purpose = .working) throws -> Ledger {
        guard FileManager.default.fileExists(atPath: settings.ledgerPath) else {
            throw Failure(
                .notFound,
                "there is no ledger at \(settings.ledgerPath): payout run FILE begins one, --ledger names another")
        }
        return try openLedger(for: purpose)
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
