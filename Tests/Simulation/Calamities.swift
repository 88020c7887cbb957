import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Sandbox
import Synchronization

/// Damages, loses and moves the ledger's files between two lives of the program. People do what the program then advises.
extension Simulation {
    /// Keeps a copy of the ledger, its log and its journal.
    func keepCopy() throws {
        let copy = try TemporaryFolder()
        for name in try files() { try copyFile(name, from: folder, to: copy) }
        copies.append((copy, paperwork))
        tally("copy kept")
    }

    /// Replaces the files by a copy.
    func restore(_ part: Story.PersonAction.Part) throws {
        guard let copy = copies.randomElement(using: &random) else { return }
        note("an older copy is put back: \(part)")
        tally("older copy: \(part)")
        try moveHouse { name in
            let isJournal = name.hasSuffix(".sends")
            let isMeant = part == .both || isJournal == (part == .journal)
            return isMeant && !name.hasPrefix("ledger.key") || isMeant && isJournal ? copy.folder : nil
        }
        if part != .journal { paperwork = copy.paperwork }
        // The files do not show that both are older. The person who restored them must say so.
        if part == .both { try recover() } else { try open(asking: part == .journal) }
    }

    /// Damages the log, if a program that died left one.
    func harmLog(_ harm: Story.PersonAction.Harm) throws {
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
        isJournalHarmed = true
        try open()
    }

    /// Deletes the ledger. The key, and perhaps the journal, are kept.
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
        try replaceLost(asking: withJournal || isJournalHarmed)
    }

    private func replaceLost(asking: Bool) throws {
        for name in try files() where !name.hasPrefix("ledger.key") {
            try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
        }
        _ = try RecoverLedger(context(of: "admin")).run(.lost)
        forget(asking: asking)
        try importFile()
    }

    /// Opens a copy beside the ledger. The program must refuse it.
    func runDuplicate() throws {
        tally("duplicate")
        let path = folder.path("payouts.sqlite")
        var opening = LedgerOpening()
        opening.home = LedgerHome(path: path, machine: "machine \(machine)")
        // Gives the ledger its real path, so that a second one can have another path.
        opening.isMoved = true
        close(try openLedger(who: "admin", opening))
        defer { backHome() }
        let copy = folder.path("copy.sqlite")
        // The disk of a program that died since then still has the deleted copy, and restores it.
        for ending in ["", "-wal", "-shm"] { unsafe unlink(copy + ending) }
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

    /// Continues on another machine with a copy of everything, which may be old.
    func changeMachine() throws {
        guard let copy = copies.randomElement(using: &random) else { return }
        note("the ledger goes on on another machine, from a copy")
        tally("second machine")
        try moveHouse { _ in copy.folder }
        paperwork = copy.paperwork
        machine += 1
        forget(asking: true)
        let ledger = try openLedger(who: "runner")
        defer { close(ledger) }
        let found = ledger.findings.withLock { $0 }
        if found.contains(where: { if case .wasElsewhere = $0 { true } else { false } }) {
            tally("second machine noticed")
        }
        take(found)
        if try ledger.batches().isEmpty { try importFile() }
    }

    /// Tries to pay the batch at another bank. That bank must receive nothing.
    func runElsewhere(under life: Story.Life) async throws {
        guard try withLedger(who: "runner", { try $0.batches().first?.bank }) != nil else { return }
        tally("another bank")
        // Nobody agreed to send anything there.
        let network = SimulatedNetwork(for: self, under: Permission(), timeout: life.timeout, seed: story.seed)
        paperwork.acceptWarnings()
        var anyLife = life
        anyLife.limits = .init()
        let context = context(
            of: "runner", under: anyLife, through: network, seed: 1, address: "https://elsewhere.example"
        ) { [self] in if case .moved(let move) = $0 { take(move) } }
        do {
            _ = try await PayBatch(context, consent: .given(acceptingWarnings: true)).run(file.reference)
            violate("a batch that was begun at one bank was run at another")
        } catch {
            guard case .ledger(.boundToAnotherBank) = error else { return try demandNotApproved(error) }
            tally("another bank refused")
        }
    }

    /// Pays a file, with the approval of a second person if it needs one.
    private func pay(_ path: String, in context: OperationContext) async throws {
        let payment = PayBatch(context, consent: .given(acceptingWarnings: true))
        do {
            _ = try await payment.run(path)
            return
        } catch {
            try demandNotApproved(error)
        }
        try ApproveBatch(context.acting(as: "approver")).run("payroll", as: Paperwork(file: file.contents).toPay)
        _ = try await payment.run("payroll")
    }

    private func demandNotApproved(_ error: OperationError) throws(OperationError) {
        guard story.requiresApproval, case .refused(.notApproved) = error else { throw error }
    }

    /// Pays the file at a practice bank. The real bank and the real ledger must not notice.
    func practise() async throws {
        // The practice ledger accepts a file only once.
        guard !hasPractised else { return }
        hasPractised = true
        tally("practised")
        let practice = try SandboxBank(configuration: SandboxConfiguration())
        let (debits, before) = (bank.debits.count, try hasBatch() ? statement().totals : nil)
        let path = folder.path("payouts.sandbox.sqlite")
        for ending in ["", "-wal", "-shm"] { unsafe unlink(path + ending) }
        var opening = LedgerOpening()
        opening.isSandbox = true
        opening.creation = .secondLedger
        opening.home = LedgerHome(path: "payouts.sandbox.sqlite", machine: "machine \(machine)")
        let location = LedgerLocation(
            path: path, keyFile: KeyFile(path: folder.path("ledger.key")), isSandbox: true, practicePath: path,
            opening: opening)
        let timeout = Duration.seconds(60)
        let life = Story.Life(
            concurrency: 4, timeout: timeout, quietPeriod: timeout, whenNotFound: .review, end: .finishes,
            meanwhile: [], afterwards: [], pause: .zero)
        let network = SimulatedNetwork(
            for: self, under: Permission(), to: practice, timeout: timeout, seed: story.seed)
        let context = context(of: "maker", under: life, through: network, seed: 1, ledger: location) { _ in
            // Nobody watches practice.
        }
        try await pay(filePath, in: context)
        if practice.debits.count != file.payableRows {
            violate("the practice bank paid \(practice.debits.count) of \(file.payableRows) rows")
        }
        if bank.debits.count != debits { violate("the bank paid something for practice") }
        if let before, try statement().totals != before { violate("practice changed the real ledger") }
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

    /// Opens the ledger to work on it, and does what the program advises if it does not open.
    ///
    /// - Parameter asking: whether only the bank may know what was sent, even if the ledger opens.
    private func open(asking: Bool = false) throws {
        do {
            let ledger = try openLedger(who: "reviewer")
            defer { close(ledger) }
            forget(asking: asking)
            take(ledger.findings.withLock { $0 })
            // The copy is older than the import, so import the file again.
            if try ledger.batches().isEmpty { try importFile() }
        } catch LedgerError.logDamaged, LedgerError.journalUnusable {
            tally("recovered by a person")
            try recover()
        } catch LedgerError.isMissing, LedgerError.damaged, LedgerError.notALedger {
            tally("given up by a person")
            try replaceLost(asking: isJournalHarmed)
        }
    }

    /// Says that the ledger is older than it should be, or that nobody knows.
    func recover() throws {
        do throws(OperationError) {
            if let log = try RecoverLedger(context(of: "admin")).run(.older).damagedLog {
                note("the damaged log is set aside as \(URL(fileURLWithPath: log).lastPathComponent)")
            }
        } catch {
            switch error {
            case .ledger(.isMissing), .ledger(.damaged), .ledger(.notALedger), .noLedgerToRecover:
                tally("given up by a person")
                return try replaceLost(asking: true)
            default: throw error
            }
        }
        forget(asking: true)
        if try !hasBatch() { try importFile() }
    }

    /// Forgets what earlier lives of the program reported, because this ledger may not have it.
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

    /// Moves to a new folder. Each file comes from the given copy or stays as it is.
    ///
    /// - Parameter source: returns the folder that a file is copied from; `nil` means the present folder.
    private func moveHouse(_ source: (String) -> TemporaryFolder?) throws {
        let new = try TemporaryFolder()
        for name in Set(try files()).union(
            try copies.flatMap { try FileManager.default.contentsOfDirectory(atPath: $0.folder.url.path) })
        {
            let old = source(name) ?? folder
            if FileManager.default.fileExists(atPath: old.path(name)) { try copyFile(name, from: old, to: new) }
        }
        graveyard.append((nil, disk, folder))
        folder = new
        disk = LossyDisk(new)
    }
}
