import AnorBank
import Bookkeeping
import Fixtures
import Foundation
import Logging
import MerchantAPI
import Payouts
import Processing
import Sandbox
import Synchronization

/// One life of the program: from its start to its end, its death or the machine's.
final class SimulatedProcess: @unchecked Sendable {
    // Touched by the loop's thread alone.
    private let simulation: Simulation
    private let life: Story.Life
    /// What a crash leaves behind.
    private let remains: TemporaryFolder
    private var random: SeededGenerator
    private let stop = StopSignal()
    private let network: SimulatedNetwork
    private let disk: LossyDisk
    private var isOver = false
    /// Whether only a person can say what happened to ledger and journal.
    private var needsRecovery = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var ledger: Ledger?

    init(_ simulation: Simulation, _ life: Story.Life, seed: UInt64) throws {
        self.simulation = simulation
        self.life = life
        disk = simulation.disk
        random = SeededGenerator(seed: seed)
        network = SimulatedNetwork(for: simulation, timeout: life.timeout, seed: random.next())
        remains = try TemporaryFolder()
    }

    func live() async {
        plan()
        simulation.loop.afterEachStep = { [self] in
            if disk.isCut { end() }
        }
        Task {
            await run()
            end()
        }
        await withCheckedContinuation { continuation in
            if isOver { continuation.resume() } else { waiting = continuation }
        }
        simulation.loop.afterEachStep = {
            // No process, nothing to watch.
        }
        network.cut()
        if network.mostPayments > life.concurrency {
            simulation.violate(
                "\(network.mostPayments) payments were open at once, and \(life.concurrency) were allowed")
        }
        if disk.isCut {
            simulation.note("the process is dead")
            do {
                try simulation.move(to: remains, from: ledger, after: life.end)
            } catch {
                simulation.violate("\(error)")
            }
        } else {
            if disk.hasFailed { simulation.tally(life.end.name) }
            disk.repair()
            simulation.close(ledger)
            if needsRecovery { recover() }
        }
    }

    /// What the program advised, done by a person who knows nothing more.
    private func recover() {
        do {
            simulation.tally("recovered by a person")
            try simulation.recover(.older)
        } catch {
            simulation.violate("\(error)")
        }
    }

    private func end() {
        isOver = true
        waiting?.resume()
        waiting = nil
    }

    /// Sets up what will happen to it.
    private func plan() {
        switch life.end {
        case .finishes: break
        case .cut(let cut, let operation):
            disk.cut(cut, atOperation: operation, seed: random.next(), leaving: remains)
        case .cutLater(let cut, let after):
            let seed = random.next()
            at(after) { [self] in
                _ = disk.cutNow(cut, seed: seed, leaving: remains)
                end()
            }
        case .stopped(let after):
            at(after) { [self] in
                simulation.note("a person stops it")
                simulation.tally(life.end.name)
                stop.stop(Reason(.stoppedByPerson))
            }
        case .syncFails(let sync): disk.failSync(sync)
        case .diskIsFull(let write): disk.fill(atWrite: write)
        }
        if let step = life.clockStep {
            at(step.after) { [self] in
                simulation.clockError += step.seconds
                simulation.tally("clock step")
                simulation.note("the clock steps by \(step.seconds) s")
            }
        }
        for deed in life.meanwhile {
            at(deed.after) { [self] in try simulation.decide(deed.kind) }
        }
    }

    /// Does something while the process lives.
    private func at(_ after: Duration, _ act: @escaping @Sendable () throws -> Void) {
        Task {
            try await simulation.loop.sleep(after)
            guard !isOver else { return }
            do {
                try act()
            } catch is LedgerError {
                // The disk is gone in the middle of it, as for everybody.
            } catch {
                simulation.violate("\(error)")
            }
        }
    }

    private func run() async {
        do {
            let ledger = try simulation.openLedger(who: "runner")
            self.ledger = ledger
            simulation.take(ledger.findings.withLock { $0 })
            let lock = try RunnerLock(ledgerPath: ledger.path, holder: "the simulation")
            defer { lock.release() }
            let commits = CommitQueue(ledger: ledger) { work in Task { work() } }
            let policy = ReconciliationPolicy(
                hardTimeout: life.timeout, quietPeriod: life.quietPeriod, whenNotFound: life.whenNotFound)
            var options = RunOptions(
                bankAddress: "sandbox", senderName: "ACME", concurrency: life.concurrency,
                ratePerSecond: life.ratePerSecond, stopRules: StopRules(suspectCodes: AnorBank.catalogue.suspectCodes))
            options.softTimeout = life.timeout / 4
            let runner = BatchRunner(
                ledger: ledger, commits: commits, bank: simulation.bank(through: network), policy: policy,
                options: options, time: simulation.time, random: RandomSource(SeededGenerator(seed: random.next())),
                logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
            ) { [simulation] move in simulation.take(move) }
            let ending = try await runner.run(try ledger.batch(named: "payroll"), stop: stop)
            guard !disk.isCut else { return }
            simulation.note("it ends: \(ending)")
        } catch LedgerError.journalUnusable {
            guard !disk.isCut else { return }
            simulation.note("it ends: the send journal is damaged")
            needsRecovery = true
        } catch let error as LedgerError {
            guard !disk.isCut else { return }
            simulation.note("it ends: \(error)")
            if !disk.hasFailed { simulation.violate("the ledger failed for no reason: \(error)") }
        } catch {
            simulation.violate("\(error)")
        }
    }
}

extension Simulation {
    var time: TimeSource {
        TimeSource(
            now: { [self] in wallClock() }, uptime: { [loop] in loop.now + .seconds(1000) }, boot: "boot \(boots)",
            sleep: { [loop] in try await loop.sleep($0) })
    }

    func bank(through network: SimulatedNetwork) -> AnorBank {
        let start = ContinuousClock.now
        return AnorBank(
            client: MerchantClient(
                transport: network, username: bank.configuration.username,
                password: Password(bank.configuration.password), now: { [loop] in start + loop.now }))
    }

    /// A move that the program was told is on disk.
    func take(_ move: PayoutMove) {
        movesTold[move.row, default: 0] += 1
        note("row \(move.row): \(move.from) → \(move.to)\(move.reason.map { ", \($0.code)" } ?? "")")
    }
}

extension Story.End {
    /// For the tally.
    var name: String {
        switch self {
        case .finishes: "finished"
        case .stopped: "stopped by a person"
        case .cut(.kill, _), .cutLater(.kill, _): "killed"
        case .cut(.power, _), .cutLater(.power, _): "power cut"
        case .syncFails: "sync failed"
        case .diskIsFull: "disk full"
        }
    }
}
