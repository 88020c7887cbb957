import AnorBank
import Bookkeeping
import Fixtures
import Foundation
import Logging
import Payouts
import Processing
import Sandbox
import Synchronization

/// The faults of the ledger's files between two lives of the program, and what people do about them with payout's
/// commands.
extension Simulation {
    /// Keeps a copy of the ledger, its log and its journal as they are.
    func keepCopy() throws {
        let copy = try TemporaryFolder()
        for name in try files() { try copyFile(name, from: folder, to: copy) }
        copies.append(copy)
        tally("copy kept")
    }

    /// Replaces the current files by a copy.
    func restore(_ part: Story.Deed.Part) throws {
        guard let copy = copies.randomElement(using: &random) else { return }
        note("an older copy is put back: \(part)")
        tally("older copy: \(part)")
        try moveHouse { name in
            let isJournal = name.hasSuffix(".sends")
            let isMeant = part == .both || isJournal == (part == .journal)
            return isMeant && !name.hasPrefix("ledger.key") || isMeant && isJournal ? copy : nil
        }
        // The files do not show that both were replaced by older ones, so the person must say so.
        if part == .both { try recover(.older) } else { try open() }
    }

    /// Damages the log, if a program that died left one.
    func harmLog(_ harm: Story.Deed.Harm) throws {
        let log = folder.url.appendingPathComponent("payouts.sqlite-wal")
        guard let bytes = FileManager.default.contents(atPath: log.path), bytes.count > 32 else { return }
        note("the log is harmed: \(harm)")
        tally("log: \(harm)")
        try moveHouse { _ in nil }
        let place = folder.url.appendingPathComponent("payouts.sqlite-wal")
        switch harm {
        case .delete: try FileManager.default.removeItem(at: place)
        case .cut: try bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)).write(to: place)
        case .flip:
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8(
                1 << Int.random(in: 0..<8, using: &random))
            try changed.write(to: place)
        }
        try open()
    }

    func harmJournal(isGone: Bool) throws {
        guard let name = try files().first(where: { $0.hasSuffix(".sends") }) else { return }
        note(isGone ? "the send journal is gone" : "a byte of the send journal is changed")
        tally(isGone ? "journal gone" : "journal damaged")
        try moveHouse { _ in nil }
        let place = folder.url.appendingPathComponent(name)
        guard !isGone else {
            try FileManager.default.removeItem(at: place)
            return try open()
        }
        var bytes = try Data(contentsOf: place)
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x40
        try bytes.write(to: place)
        try open()
    }

    /// Loses the ledger for good. The key, and perhaps the journal, are kept.
    func loseLedger(withJournal: Bool) throws {
        try moveHouse { _ in nil }
        for name in try files() where !name.hasPrefix("ledger.key") || withJournal && name.hasSuffix(".sends") {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
        do {
            try withLedger(who: "importer") { _ in }
            violate("a lost ledger was begun again without a word")
        } catch LedgerError.isMissing {
            tally("asked what became of a ledger")
        }
        try replaceLost(asking: withJournal)
    }

    private func replaceLost(asking: Bool) throws {
        for name in try files() where !name.hasPrefix("ledger.key") {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
        var opening = LedgerOpening()
        opening.creation = .replacingLost
        close(try openLedger(who: "admin", opening))
        forget(asking: asking)
        try importFile()
    }

    /// Runs a copy beside the ledger. Nothing may be sent.
    func runDuplicate() throws {
        tally("duplicate")
        let path = folder.path("payouts.sqlite")
        var opening = LedgerOpening()
        opening.home = LedgerHome(path: path, machine: "machine \(machine)")
        // From here on the ledger is stored under its real path, so that a second one can have another path.
        opening.isMoved = true
        close(try openLedger(who: "admin", opening))
        defer { backHome() }
        let copy = folder.path("copy.sqlite")
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
        }
        defer { for ending in ["", "-wal", "-shm"] { unsafe unlink(copy + ending) } }
        opening.isMoved = false
        opening.home = LedgerHome(path: copy, machine: "machine \(machine)")
        do {
            close(
                try Ledger(
                    path: copy, keyFile: KeyFile(path: folder.path("ledger.key")), who: "runner", opening: opening
                ) { [self] in wallClock() })
            violate("a copy was opened to work on while the original was there")
        } catch LedgerError.isCopy {
            note("a copy is not worked on")
            tally("duplicate refused")
        }
    }

    private func backHome() {
        var opening = LedgerOpening()
        opening.isMoved = true
        do {
            close(try openLedger(who: "admin", opening))
        } catch {
            violate("\(error)")
        }
    }

    /// Continues with a copy of everything, perhaps an old one, on another machine. The old machine is no longer used.
    func changeMachine() throws {
        guard let copy = copies.randomElement(using: &random) else { return }
        note("the ledger goes on on another machine, from a copy")
        tally("second machine")
        try moveHouse { _ in copy }
        machine += 1
        forget(asking: true)
        let ledger = try openLedger(who: "runner")
        defer { close(ledger) }
        let found = ledger.findings.withLock { $0 }
        if found.contains(where: { if case .wasElsewhere = $0 { true } else { false } }) {
            tally("second machine noticed")
        }
        take(found)
    }

    /// Runs the batch at another bank than the one it was started at. That bank must not get any request.
    func runElsewhere(under life: Story.Life) async throws {
        let other = try SandboxBank(configuration: SandboxConfiguration())
        let ledger = try openLedger(who: "runner")
        defer { close(ledger) }
        let batch = try ledger.batch(named: "payroll")
        guard batch.bank != nil else { return }
        tally("another bank")
        let policy = ReconciliationPolicy(
            hardTimeout: life.timeout, quietPeriod: life.quietPeriod, whenNotFound: life.whenNotFound)
        let options = RunOptions(
            bankAddress: "https://elsewhere.example", senderName: "ACME", concurrency: 1,
            stopRules: StopRules(suspectCodes: []))
        do {
            _ = try await BatchRunner(
                ledger: ledger, commits: CommitQueue(ledger: ledger) { work in Task { work() } },
                bank: bank(through: SimulatedNetwork(for: self, timeout: life.timeout, seed: story.seed)),
                policy: policy,
                options: options, time: time, random: RandomSource(SeededGenerator(seed: 1)),
                logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
            ) { [self] move in take(move) }.run(batch, stop: StopSignal())
            violate("a batch that was begun at one bank was run at another")
        } catch LedgerError.boundToAnotherBank {
            tally("another bank refused")
        }
        if !other.debits.isEmpty { violate("another bank was sent something") }
    }

    /// Pays the file at a practice bank. The real bank gets no request, and the real ledger does not change.
    func practise() async throws {
        // From then on the ledger of the practice bank knows the file.
        guard !hasPractised else { return }
        hasPractised = true
        tally("practised")
        let practice = try SandboxBank(configuration: SandboxConfiguration())
        let (debits, before) = (bank.debits.count, try statement().totals)
        let path = folder.path("payouts.sandbox.sqlite")
        for ending in ["", "-wal", "-shm"] { unsafe unlink(path + ending) }
        var opening = LedgerOpening()
        opening.isSandbox = true
        opening.creation = .secondLedger
        opening.home = LedgerHome(path: "payouts.sandbox.sqlite", machine: "machine \(machine)")
        let ledger = try Ledger(
            path: path, keyFile: KeyFile(path: folder.path("ledger.key")), who: "maker", opening: opening
        ) { [self] in wallClock() }
        _ = try ledger.importBatch(file, isDeliberate: false)
        let timeout = Duration.seconds(60)
        _ = try await BatchRunner(
            ledger: ledger, commits: CommitQueue(ledger: ledger) { work in Task { work() } },
            bank: bank(through: SimulatedNetwork(for: self, to: practice, timeout: timeout, seed: story.seed)),
            policy: ReconciliationPolicy(hardTimeout: timeout, quietPeriod: timeout, whenNotFound: .review),
            options: RunOptions(
                bankAddress: "sandbox", senderName: "ACME", concurrency: 4, stopRules: StopRules(suspectCodes: [])),
            time: time, random: RandomSource(SeededGenerator(seed: 1)),
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }, watch: { _ in }
        ).run(try ledger.batch(named: "payroll"), stop: StopSignal())
        if practice.debits.isEmpty { violate("the practice bank paid nothing") }
        close(ledger)
        if bank.debits.count != debits { violate("the bank paid something for practice") }
        if try statement().totals != before { violate("practice changed the real ledger") }
        opening.isSandbox = false
        do {
            close(
                try Ledger(
                    path: path, keyFile: KeyFile(path: folder.path("ledger.key")), who: "maker", opening: opening
                ) { [self] in wallClock() })
            violate("the practice ledger was opened to pay for real")
        } catch LedgerError.otherKind {
            tally("practice ledger refused")
        }
    }

    // MARK: What the person does

    /// Opens the ledger for work. If that fails, does what the program advises.
    private func open() throws {
        do {
            let ledger = try openLedger(who: "reviewer")
            defer { close(ledger) }
            forget(asking: false)
            take(ledger.findings.withLock { $0 })
            // The copy is from before the import, so the file is imported again.
            if try ledger.batches().isEmpty { try importFile() }
        } catch LedgerError.logDamaged, LedgerError.journalUnusable {
            tally("recovered by a person")
            try recover(.older)
        } catch LedgerError.isMissing, LedgerError.damaged, LedgerError.notALedger {
            tally("given up by a person")
            try replaceLost(asking: false)
        }
    }

    func recover(_ recovery: LedgerOpening.Recovery) throws {
        if let log = try Ledger.setDamagedLogAside(ofLedgerAt: folder.path("payouts.sqlite"), at: wallClock()) {
            note("the damaged log is set aside as \(URL(fileURLWithPath: log).lastPathComponent)")
        }
        var opening = LedgerOpening()
        opening.recovery = recovery
        do {
            let ledger = try openLedger(who: "admin", opening)
            defer { close(ledger) }
            forget(asking: true)
            take(ledger.findings.withLock { $0 })
            if try ledger.batches().isEmpty { try importFile() }
        } catch LedgerError.isMissing, LedgerError.damaged, LedgerError.notALedger {
            tally("given up by a person")
            try replaceLost(asking: true)
        }
    }

    /// What earlier lives recorded need not be in this ledger any more.
    private func forget(asking: Bool) {
        sendsForgotten = sends
        movesTold = [:]
        if asking {
            isRebuilt = true
            mustWait = true
        }
    }

    func take(_ found: [OpeningFinding]) {
        for finding in found {
            switch finding {
            case .putRight(let rows):
                tally("put right")
                tally("rows put right", rows.values.reduce(0, +))
                note("put right: \(rows.values.reduce(0, +)) rows")
            case .lastCommitLost(let rows):
                tally("last commit lost")
                note("the last commit is lost: \(rows.values.reduce(0, +)) rows")
            case .recalled(_, let rows):
                tally("rows put right", rows)
                note("recalled: \(rows) rows")
            case .sentElsewhere(let rows):
                tally("sent elsewhere")
                note("sent elsewhere: \(rows.values.reduce(0, +)) rows")
            case .isCopy, .wasElsewhere, .isBehind, .hasNoJournal: break
            }
        }
    }

    // MARK: Files

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
            $0.hasPrefix("payouts.sqlite") && !$0.hasSuffix(".writer") && !$0.hasSuffix(".runner")
                && !$0.hasSuffix("-shm")
                && !$0.contains("damaged") || $0.hasPrefix("ledger.key") && !$0.hasSuffix(".part")
        }.sorted()
    }

    private func copyFile(_ name: String, from old: TemporaryFolder, to new: TemporaryFolder) throws {
        try FileManager.default.copyItem(atPath: old.path(name), toPath: new.path(name))
    }

    /// Continues in a new folder, with each file taken from the given copy or unchanged.
    ///
    /// - Parameter source: returns where to take a file from; `nil` means the old folder. A log that the copy does not
    ///   have is left out.
    private func moveHouse(_ source: (String) -> TemporaryFolder?) throws {
        let new = try TemporaryFolder()
        for name in Set(try files()).union(
            try copies.flatMap { try FileManager.default.contentsOfDirectory(atPath: $0.url.path) })
        {
            let old = source(name) ?? folder
            if FileManager.default.fileExists(atPath: old.path(name)) { try copyFile(name, from: old, to: new) }
        }
        graveyard.append((nil, disk, folder))
        folder = new
        disk = LossyDisk(new)
    }
}
