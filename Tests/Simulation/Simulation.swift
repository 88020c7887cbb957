import Bookkeeping
import Fixtures
import Foundation
import MerchantAPI
import Operations
import PaymentValues
import Payouts
import Processing
package import Sandbox
import Synchronization

/// Plays a ``Story`` with the real use cases, bank client and SQLite ledger against the sandbox bank.
///
/// Everything runs in one thread and in simulated time. After each life of the program the invariants are checked
/// against what the bank received and what people said.
package final class Simulation: @unchecked Sendable {
    // Accessed only from the loop's thread.
    let story: Story
    let loop: VirtualLoop
    let bank: SandboxBank
    let file: SimulatedFile
    /// The people's own memory of what they said.
    var paperwork: Paperwork
    /// The folder with the maker's file and the inbox.
    let papers: TemporaryFolder
    /// The number of files that people dropped into the inbox.
    var dropped = 0
    /// The number of new paths of the inbox. It gets one when its process dies.
    var inboxMoves = 0
    /// The number of new cards from corrections.
    var cardsMade = 0
    /// Whether no process works on the batch while people act.
    var isAlone = true
    /// Every content that a row of this story ever had.
    var everSaid: [Int: Set<Paperwork.Content>] = [:]
    var disk: LossyDisk
    var folder: TemporaryFolder
    /// The folder of the reports.
    let reports: TemporaryFolder
    /// Copies of ledger and journal that somebody kept. The first was made at the start.
    var copies: [(folder: TemporaryFolder, paperwork: Paperwork)] = []
    var hasPractised = false
    /// The number of the machine that uses the ledger.
    var machine = 1
    /// The error of the machine's wall clock, in seconds.
    var clockError = 0.0
    var boots = 1
    /// Whether the ledger was lost or replaced by an older one. Then only the bank knows about some rows.
    var isRebuilt = false
    /// Whether a part of the send journal may be unreadable, although the ledger opens.
    var isJournalHarmed = false
    /// Whether people must wait until no request of the old ledger is on its way.
    var mustWait = false
    /// The rows that the last rerun left as they were, because the bank gave no final answer about them.
    var leftOpen: Set<Int> = []
    /// The number of moves of each row that the program believes to be on disk.
    var movesTold: [Int: Int] = [:]
    /// The last send of each id, and the number of its sends.
    var lastSent: [AgentTransactionID: Duration] = [:]
    var sends: [Int64: Int] = [:]
    /// The sends of each id before the ledger was lost.
    var sendsForgotten: [Int64: Int] = [:]
    /// Every id that a ledger of this story has made, with its row.
    var rowsOfIDs: [Int64: Int] = [:]
    private(set) var report = Report()
    /// The ledgers that SQLite may still have open, with their disks and folders.
    var graveyard: [(Ledger?, LossyDisk, TemporaryFolder)] = []
    var random: SeededGenerator

    package struct Report: Sendable {
        /// The invariants that were broken. A story ends at the first.
        package var violations: [String] = []
        package var trace: [String] = []
        package var faults: [Fault: Int] = [:]
        /// Counts the crashes and actions by kind, and the rows by their last state.
        package var tally: [String: Int] = [:]
    }

    package init(_ story: Story) throws {
        self.story = story
        random = SeededGenerator(seed: story.seed)
        let loop = VirtualLoop(seed: random.next())
        self.loop = loop
        file = SimulatedFile(of: story)
        paperwork = Paperwork(file: file.contents)
        everSaid = file.contents.mapValues { [$0] }
        folder = try TemporaryFolder()
        papers = try TemporaryFolder()
        reports = try TemporaryFolder()
        disk = LossyDisk(folder)
        try Data(file.text.utf8).write(to: URL(fileURLWithPath: papers.path(Self.fileName)))
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

    /// Plays the story to its end. A story that cannot be played is a violation too.
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
        if story.usesInbox {
            try withLedger(who: "importer") { _ in }
            // Half of the first rounds come too early for the file.
            try drop(isUnfinished: !story.rows.isMultiple(of: 2))
        } else {
            try importFile()
        }
        try keepCopy()
        if story.practisesFirst { try await practise() }
        for (number, life) in story.lives.enumerated() where report.violations.isEmpty {
            note("life \(number + 1)")
            try await SimulatedProcess(self, life, seed: random.next()).live()
            try finishUpload()
            if let harm = life.harm { try harmLog(harm) }
            try check("after life \(number + 1)")
            for action in life.afterwards where report.violations.isEmpty {
                try await loop.sleep(action.after)
                try await carryOut(action, under: life)
                try check("after \(action.kind)")
            }
            let wait = mustWait ? life.timeout + life.quietPeriod : .zero
            mustWait = false
            try await loop.sleep(life.pause + wait)
        }
        if report.violations.isEmpty { try await converge() }
    }

    /// Repairs the bank and lets people decide. Every row must then be settled in time.
    private func converge() async throws {
        bank.recover()
        note("the bank works again")
        var calm = Story.Life(
            concurrency: 4, timeout: .seconds(60),
            quietPeriod: story.lateness + .seconds(60), whenNotFound: .review, end: .finishes, meanwhile: [],
            afterwards: [], pause: .zero)
        for round in 1...14 where report.violations.isEmpty {
            try await loop.sleep(.seconds(3600))
            try approveIfNeeded()
            if story.usesInbox { try dropRejectedAgain() }
            calm.work = try workOfTheEnd()
            try await SimulatedProcess(self, calm, seed: random.next()).live()
            try check("in round \(round) of the end")
            if try hasBatch() {
                let statement = try statement()
                if [.queued, .unknown, .refused, .review, .sending].allSatisfy({ statement[$0].rows == 0 }) { break }
                try decide(.resolve, under: calm)
                try approveIfNeeded()
                // The cards that the bank refuses are corrected first.
                let isCorrecting = paperwork.contents.values.contains(where: \.isBad) && !round.isMultiple(of: 3)
                let kind = isCorrecting ? Story.PersonAction.Kind.correct(2 * round) : .rerun
                try await carryOut(Story.PersonAction(after: .zero, kind: kind), under: calm)
            }
        }
        guard report.violations.isEmpty else { return }
        let end = try statement()
        for row in try withLedger(who: "reviewer", reportRows) where row.state != .paid && row.state != .withdrawn {
            if mayStayOpen(row) {
                tally("left open: the bank gives no final answer")
            } else {
                violate("with a bank that works, row \(row.row) is still \(row.state)")
            }
        }
        for (state, totals) in end.totals { tally("ended \(state)", totals.rows) }
        try await carryOut(Story.PersonAction(after: .zero, kind: .audit), under: calm)
        if story.usesInbox {
            try drop("payroll again.csv")
            calm.work = .inbox(diesAfter: nil)
            try await SimulatedProcess(self, calm, seed: random.next()).live()
            let place = try placeOfFile()
            if place != .done { violate("all is settled, and the file is in \(place?.rawValue ?? "no place")") }
            tally("inbox file done")
        }
        try check("at the end")
    }

    /// Whether nobody can settle a row. In a ledger that was lost or set back, the bank may know of sends that the
    /// ledger does not. If it never gives a final answer about them, the row must not be paid again.
    private func mayStayOpen(_ row: StatementRow) -> Bool {
        isRebuilt && leftOpen.contains(row.row) && (row.state == .refused || row.state == .review)
    }

    /// The inbox pays its files. If the ledger was lost after that, a person imports the batch by hand and pays it.
    private func workOfTheEnd() throws -> Story.Work {
        guard story.usesInbox, try placeOfFile() != .done else { return .pay }
        return .inbox(diesAfter: nil)
    }
}

// MARK: The ledger and its files

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
            // The disk is gone or full. Every commit is in the file or in its log.
        }
    }

    /// Imports the file, unless the inbox will do that. Forgets what people said about an earlier import.
    func importFile() throws {
        paperwork = Paperwork(file: file.contents)
        if story.usesInbox, let place = try placeOfFile(), place != .done { return }
        _ = try ImportFile(context(of: "maker")).run(filePath)
        paperwork.maker = "maker"
    }

    var filePath: String { papers.path(Self.fileName) }

    func hasBatch() throws -> Bool {
        try withLedger(who: "reader") { try !$0.batches().isEmpty }
    }

    func statement() throws -> BatchStatement {
        try withLedger(who: "reader") { try $0.statement(of: try $0.batch(named: "payroll").id) }
    }

    /// Continues with the files that the crash left in `remains`.
    func move(to remains: TemporaryFolder, from ledger: Ledger?, isPowerCut: Bool) throws {
        // A key that is still on its way to its name is there, too.
        for name in ["ledger.key", "ledger.key.next"] where FileManager.default.fileExists(atPath: folder.path(name)) {
            try FileManager.default.copyItem(atPath: folder.path(name), toPath: remains.path(name))
        }
        // The disk knows a journal only if this life has written to it.
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) where name.hasSuffix(".sends")
        {
            guard !FileManager.default.fileExists(atPath: remains.path(name)) else { continue }
            try FileManager.default.copyItem(atPath: folder.path(name), toPath: remains.path(name))
        }
        graveyard.append((ledger, disk, folder))
        folder = remains
        disk = LossyDisk(remains)
        if isPowerCut { boots += 1 }
    }
}

// MARK: Trace and tally

extension Simulation {
    func note(_ text: String) {
        guard report.trace.count < 5000 else { return }
        // The folders have other names each time. The trace of a seed must stay the same.
        let text = [folder, papers, reports].reduce(text) { $0.replacingOccurrences(of: $1.url.path, with: "…") }
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
