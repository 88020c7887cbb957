import Bookkeeping
import Fixtures
import Foundation
import MerchantAPI
import PaymentValues
import Payouts
import Processing
package import Sandbox
import Synchronization

/// Plays a ``Story``: the real run, reconciler, bank client and SQLite ledger against the sandbox bank, on one thread
/// and in simulated time. After every life of the program, and at the end, the invariants are checked against the
/// bank's own list of debits.
package final class Simulation: @unchecked Sendable {
    // Accessed only from the loop's thread.
    let story: Story
    let loop: VirtualLoop
    let bank: SandboxBank
    let file: NewBatch
    var disk: LossyDisk
    var folder: TemporaryFolder
    /// The folder of the reports.
    let reports: TemporaryFolder
    /// The copies of ledger and journal that somebody kept. The first one is made after the import.
    var copies: [TemporaryFolder] = []
    var hasPractised = false
    /// The number of the machine that uses the ledger.
    var machine = 1
    /// The error of the machine's wall clock, in seconds.
    var clockError = 0.0
    var boots = 1
    /// Whether the ledger was lost, or replaced by an older copy, so that only the bank knows some rows until it is
    /// asked.
    var isRebuilt = false
    /// Whether people wait before the next run, until no request of the old ledger is in flight.
    var mustWait = false
    /// The number of reported, and therefore durable, state changes of each row since the ledger was created.
    var movesTold: [Int: Int] = [:]
    /// When each id was last sent, and how often.
    var lastSent: [AgentTransactionID: Duration] = [:]
    var sends: [Int64: Int] = [:]
    /// The sends of each id before the ledger was lost.
    var sendsForgotten: [Int64: Int] = [:]
    /// Every id that any ledger of this story has created, with its row.
    var rowsOfIDs: [Int64: Int] = [:]
    private(set) var report = Report()
    /// The ledgers that SQLite may still have open, with their disks and folders.
    var graveyard: [(Ledger?, LossyDisk, TemporaryFolder)] = []
    var random: SeededGenerator

    package struct Report: Sendable {
        /// The broken invariants; a story ends at the first one.
        package var violations: [String] = []
        package var trace: [String] = []
        package var faults: [Fault: Int] = [:]
        /// How often each kind of crash and action happened, and how many rows ended in each state.
        package var tally: [String: Int] = [:]
    }

    package init(_ story: Story) throws {
        self.story = story
        random = SeededGenerator(seed: story.seed)
        let loop = VirtualLoop(seed: random.next())
        self.loop = loop
        file = Samples.batch(rows: story.rows)
        folder = try TemporaryFolder()
        reports = try TemporaryFolder()
        disk = LossyDisk(folder)
        bank = try SandboxBank(configuration: Self.configuration(of: story, seed: random.next(), loop: loop))
    }

    private static func configuration(of story: Story, seed: UInt64, loop: VirtualLoop) throws -> SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.seed = seed
        configuration.repeats = story.repeats
        configuration.faults = try FaultPlan(
            parsing: story.faults.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value)" }
                .joined(separator: ","))
        configuration.tokenLifetimeSeconds = story.tokenLifetimeSeconds
        for (fault, duration) in story.durations { configuration.durations[fault] = duration }
        // Just over the client's limit: far more would only take more time.
        configuration.longBodyBytes = 1 << 20 + 1
        configuration.now = { Samples.noon.addingTimeInterval(loop.now / .seconds(1)) }
        return configuration
    }

    /// Plays the story.
    ///
    /// - Returns: the findings. A story that cannot be played is a violation too.
    package func play() -> Report {
        do {
            try loop.run { try await self.lives() }
        } catch is VirtualLoop.Stuck {
            violate("a run hangs: nothing is left that could go on")
        } catch {
            violate("\(error)")
        }
        report.faults = bank.firedFaults
        // Ledgers are closed before the disks and folders that they are on.
        for (ledger, _, _) in graveyard { close(ledger) }
        graveyard = []
        return report
    }

    private func lives() async throws {
        try importFile()
        try keepCopy()
        if story.practisesFirst { try await practise() }
        for (number, life) in story.lives.enumerated() where report.violations.isEmpty {
            note("life \(number + 1)")
            try await SimulatedProcess(self, life, seed: random.next()).live()
            if let harm = life.harm { try harmLog(harm) }
            try check("after life \(number + 1)")
            for deed in life.afterwards where report.violations.isEmpty {
                try await loop.sleep(deed.after)
                try await carryOut(deed, under: life)
                try check("after \(deed.kind)")
            }
            let wait = mustWait ? life.timeout + life.quietPeriod : .zero
            mustWait = false
            try await loop.sleep(life.pause + wait)
        }
        if report.violations.isEmpty { try await converge() }
    }

    /// Lets the bank work, people decide and time pass, until every row is settled.
    private func converge() async throws {
        bank.recover()
        note("the bank works again")
        let calm = Story.Life(
            concurrency: 4, timeout: .seconds(60), quietPeriod: story.lateness + .seconds(60),
            whenNotFound: .review, end: .finishes, meanwhile: [], afterwards: [], pause: .zero)
        for round in 1...12 where report.violations.isEmpty {
            try await loop.sleep(.seconds(3600))
            try await SimulatedProcess(self, calm, seed: random.next()).live()
            try check("in round \(round) of the end")
            let statement = try statement()
            if [.queued, .unknown, .refused, .review, .sending].allSatisfy({ statement[$0].rows == 0 }) { break }
            try await carryOut(Story.Deed(after: .zero, kind: .resolve), under: calm)
            try await carryOut(Story.Deed(after: .zero, kind: .rerun), under: calm)
        }
        guard report.violations.isEmpty else { return }
        let end = try statement()
        for (state, totals) in end.totals where state != .paid && state != .withdrawn && totals.rows > 0 {
            violate("with a bank that works, \(totals.rows) rows are still \(state)")
        }
        for (state, totals) in end.totals { tally("ended \(state)", totals.rows) }
        try await carryOut(Story.Deed(after: .zero, kind: .audit), under: calm)
        try check("at the end")
    }
}

// MARK: The ledger's whereabouts

extension Simulation {
    func wallClock() -> Date {
        Samples.noon.addingTimeInterval(loop.now / .seconds(1) + clockError)
    }

    func openLedger(who: String, _ opening: LedgerOpening = LedgerOpening()) throws -> Ledger {
        var opening = opening
        opening.disk = disk.sends
        opening.home = opening.home ?? LedgerHome(path: "payouts.sqlite", machine: "machine \(machine)")
        return try Ledger(
            path: folder.path("payouts.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")), who: who,
            journal: disk.journal, opening: opening
        ) { [self] in wallClock() }
    }

    func withLedger<T>(who: String, _ body: (Ledger) throws -> T) throws -> T {
        let ledger = try openLedger(who: who)
        defer { close(ledger) }
        take(ledger.findings.withLock { $0 })
        return try body(ledger)
    }

    func close(_ ledger: Ledger?) {
        do {
            try ledger?.close()
        } catch {
            // The disk has failed or is full; every commit is in the file or in its log.
        }
    }

    func importFile() throws {
        try withLedger(who: "importer") { ledger in
            _ = try ledger.importBatch(file, isDeliberate: false)
            take(ledger.findings.withLock { $0 })
        }
    }

    func statement() throws -> BatchStatement {
        try withLedger(who: "reader") { try $0.statement(of: try $0.batch(named: "payroll").id) }
    }

    /// Continues with the files that the cut left in `remains`.
    func move(to remains: TemporaryFolder, from ledger: Ledger?, after end: Story.End) throws {
        // A key that does not have its final name yet is there, too.
        for name in ["ledger.key", "ledger.key.next"] where FileManager.default.fileExists(atPath: folder.path(name)) {
            try FileManager.default.copyItem(atPath: folder.path(name), toPath: remains.path(name))
        }
        // The disk does not know a journal that nothing was written to in this life.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) where name.hasSuffix(".sends")
        {
            guard !FileManager.default.fileExists(atPath: remains.path(name)) else { continue }
            try FileManager.default.copyItem(atPath: folder.path(name), toPath: remains.path(name))
        }
        graveyard.append((ledger, disk, folder))
        folder = remains
        disk = LossyDisk(remains)
        if case .cut(.power, _) = end { boots += 1 }
        if case .cutLater(.power, _) = end { boots += 1 }
        tally(end.name)
    }

}

// MARK: What is kept for the reader

extension Simulation {
    func note(_ text: String) {
        guard report.trace.count < 5000 else { return }
        // The folder's name differs each time, but the story of a seed must not.
        let text = text.replacingOccurrences(of: folder.url.path, with: "…")
        report.trace.append("\((loop.now / .milliseconds(1)).rounded() / 1000) s: \(text)")
    }

    func violate(_ text: String) {
        report.violations.append(text)
        note(text)
    }

    func tally(_ name: String, _ count: Int = 1) {
        if count > 0 { report.tally[name, default: 0] += count }
    }
}
