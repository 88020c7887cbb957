import AnorBank
import Bookkeeping
import Fixtures
import Foundation
import Logging
import MerchantAPI
import Operations
import Payouts
import Processing
import Sandbox
import Synchronization

/// One life of the program, from its start to its end, its crash or a power cut.
final class SimulatedProcess: @unchecked Sendable {
    // Accessed only from the loop's thread.
    private let simulation: Simulation
    private let life: Story.Life
    /// The files that a crash leaves.
    private let remains: TemporaryFolder
    private var random: SeededGenerator
    private let stop = StopSignal()
    private let network: SimulatedNetwork
    private let disk: LossyDisk
    private var isOver = false
    /// Whether only a person can say what happened to the ledger and the journal.
    private var needsRecovery = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var ledger: Ledger?
    /// What a person sees of it.
    private var progress: RunProgress?

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
            // There is no process, so there is nothing to watch.
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

    /// Follows the program's advice, as a person would who knows nothing else.
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

    /// Schedules the events of this life.
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

    /// Runs an action while the process lives.
    private func at(_ after: Duration, _ act: @escaping @Sendable () throws -> Void) {
        Task {
            try await simulation.loop.sleep(after)
            guard !isOver else { return }
            do {
                try act()
            } catch is LedgerError {
                // The disk failed in the middle of it, as it does for everybody.
            } catch {
                simulation.violate("\(error)")
            }
        }
    }

    /// Pays the batch, as the command line and the desk do.
    private func run() async {
        let payment = PayBatch(
            simulation.context(of: "runner", under: life, through: network, seed: random.next()) { [self] in tell($0) },
            consent: .given(acceptingWarnings: true), options: options, stop: stop)
        do throws(OperationError) {
            let run = try await payment.run(simulation.file.reference)
            guard !disk.isCut else { return }
            simulation.note("it ends: \(run.outcome)")
        } catch {
            guard !disk.isCut else { return }
            switch error {
            case .ledger(.journalUnusable):
                simulation.note("it ends: the send journal is damaged")
                needsRecovery = true
            case .ledger(let error):
                simulation.note("it ends: \(error)")
                if !disk.hasFailed { simulation.violate("the ledger failed for no reason: \(error)") }
            default: simulation.violate("\(error)")
            }
        }
    }

    private var options: PayBatch.Options {
        var options = PayBatch.Options()
        options.ratePerSecond = life.ratePerSecond
        return options
    }

    private func tell(_ event: RunEvent) {
        switch event {
        case .ledgerNoticed(let finding, _): simulation.take([finding])
        case .working(let work):
            ledger = work.ledger
            progress = work.progress
        case .moved(let move):
            simulation.take(move)
            progress?.take(move)
            for state in PayoutState.allCases {
                guard let rows = progress?[state].rows, rows < 0 else { continue }
                simulation.violate("the progress shows \(rows) rows that are \(state)")
            }
        default: break
        }
    }
}

extension Simulation {
    var time: TimeSource {
        TimeSource(
            now: { [self] in wallClock() }, uptime: { [loop] in loop.now + .seconds(1000) }, boot: "boot \(boots)",
            sleep: { [loop] in try await loop.sleep($0) })
    }

    /// What a use case is given in one life of the program.
    ///
    /// - Parameters:
    ///   - network: the way to the bank.
    ///   - seed: what the randomness of the run follows from.
    func context(
        of person: String, under life: Story.Life, through network: SimulatedNetwork, seed: UInt64,
        observe: @escaping @Sendable (RunEvent) -> Void
    ) -> OperationContext {
        var opening = LedgerOpening()
        opening.disk = disk.sends
        opening.home = LedgerHome(path: "payouts.sqlite", machine: "machine \(machine)")
        var context = OperationContext(
            person: person, process: "the simulation", time: time, timeZone: .gmt, language: .en,
            ledger: LedgerLocation(
                path: folder.path("payouts.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")),
                isSandbox: false, practicePath: folder.path("payouts.sandbox.sqlite"), opening: opening,
                journal: disk.journal),
            outputFolder: reports.url.path,
            rules: SendingRules(
                policy: ReconciliationPolicy(
                    hardTimeout: life.timeout, quietPeriod: life.quietPeriod, whenNotFound: life.whenNotFound),
                senderName: "ACME", concurrency: life.concurrency),
            bank: BankAccess(catalogue: AnorBank.catalogue) { [self] in
                BankConnection(bank: bank(through: network), address: "sandbox") {
                    // There are no connections to close.
                }
            }, logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
            random: { RandomSource(SeededGenerator(seed: seed)) }, observe: observe)
        context.commits = { CommitQueue(ledger: $0) { work in Task { work() } } }
        return context
    }

    func bank(through network: SimulatedNetwork) -> AnorBank {
        let start = ContinuousClock.now
        return AnorBank(
            client: MerchantClient(
                transport: network, username: bank.configuration.username,
                password: Password(bank.configuration.password), now: { [loop] in start + loop.now }))
    }

    /// Records a state change that was reported to the program as durable.
    func take(_ move: PayoutMove) {
        movesTold[move.row, default: 0] += 1
        note("row \(move.row): \(move.from) → \(move.to)\(move.reason.map { ", \($0.code)" } ?? "")")
    }
}

extension Story.End {
    /// The name in the tally.
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
