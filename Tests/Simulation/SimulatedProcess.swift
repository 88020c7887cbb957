import AnorBank
import Bookkeeping
import Fixtures
import Foundation
import Logging
import MerchantAPI
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Sandbox
import Synchronization

/// Plays one life of the program, from its start until it ends, crashes or loses power.
final class SimulatedProcess: @unchecked Sendable {
    // Accessed only from the loop's thread.
    private let simulation: Simulation
    private let life: Story.Life
    /// The files that a crash leaves.
    private let remains: TemporaryFolder
    private var random: SeededGenerator
    private let stop = StopSignal()
    private let network: SimulatedNetwork
    private let permission: Permission
    private let disk: LossyDisk
    private var isOver = false
    private var lossesPower: Bool {
        switch life.end {
        case .cut(.power, _), .cutLater(.power, _): true
        default: false
        }
    }
    /// Whether a person must recover the ledger.
    private var needsRecovery = false
    private var waiting: CheckedContinuation<Void, Never>?
    private var ledger: Ledger?
    /// The progress that a person sees.
    private var progress: RunProgress?

    init(_ simulation: Simulation, _ life: Story.Life, seed: UInt64) throws {
        self.simulation = simulation
        self.life = life
        disk = simulation.disk
        random = SeededGenerator(seed: seed)
        permission = Permission(life.limits)
        network = SimulatedNetwork(for: simulation, under: permission, timeout: life.timeout, seed: random.next())
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
            // There is no process to watch.
        }
        network.cut()
        if network.mostPayments > life.concurrency {
            simulation.violate(
                "\(network.mostPayments) payments were open at once, and \(life.concurrency) were allowed")
        }
        if disk.isCut {
            simulation.note("the process is dead")
            do {
                try simulation.move(to: remains, from: ledger, isPowerCut: lossesPower)
                simulation.tally(lossesPower ? "power cut" : "killed")
                try simulation.leaveInbox()
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

    /// Does what the program advised.
    private func recover() {
        do {
            simulation.tally("recovered by a person")
            try simulation.recover()
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
        for action in life.meanwhile {
            at(action.after) { [self] in
                simulation.isAlone = false
                defer { simulation.isAlone = true }
                guard action.kind == .pay else { return try simulation.decide(action.kind, under: life) }
                Task { [self] in await simulation.payMeanwhile(under: life) }
            }
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
                // The disk failed at that moment.
            } catch OperationError.ledger {
                // The disk failed at that moment.
            } catch {
                simulation.violate("\(error)")
            }
        }
    }

    /// Does the work of this life, as the command line and the desk do.
    private func run() async {
        let context = simulation.context(of: "runner", under: life, through: network, seed: random.next()) {
            [self] in tell($0)
        }
        do throws(OperationError) {
            switch try work() {
            case .pay:
                let payment = PayBatch(context, consent: try consent(for: nil, context), options: options, stop: stop)
                end(try await payment.run(simulation.file.reference))
            case .rerun(let number): try await rerun(correcting: number, context)
            case .reconcile(let asksAboutPaid):
                simulation.tally("asked by itself")
                end(try await ReconcileBatch(context, asksAboutPaid: asksAboutPaid, stop: stop).run("payroll"))
            case .inbox(let last): try await round(diesAfter: last, context)
            }
        } catch {
            guard !disk.isCut else { return }
            take(error)
        }
    }

    /// Only an inbox can work on a batch that is not there yet.
    private func work() throws(OperationError) -> Story.Work {
        try Self.classifying {
            try simulation.hasBatch() || !simulation.story.usesInbox ? life.work : .inbox(diesAfter: nil)
        }
    }

    private func end(_ run: FinishedRun) {
        guard !disk.isCut else { return }
        simulation.note("it ends: \(run.outcome)")
    }

    private func take(_ error: OperationError) {
        simulation.note("it ends: \(error)")
        switch error {
        case .consent(.warningsNotAccepted): simulation.tally("no consent: warningsNotAccepted")
        case .consent(let reason): simulation.tally("no consent: \(reason)")
        case .refused(let refusal):
            simulation.tally(refusal.name)
            if case .notApproved = refusal {
                if simulation.paperwork.isApproved { simulation.violate("an approved batch was not sent") }
                if simulation.paperwork.isApprovalVoid { simulation.tally("approval voided by a correction") }
            }
        case .correction(.notRefused): simulation.tally("corrected too late")
        case .ledger(.journalUnusable): needsRecovery = true
        case .ledger(.noSuchBatch), .noSuchBatch:
            if !simulation.story.usesInbox { simulation.violate("\(error)") }
        case .ledger(let error):
            if !disk.hasFailed { simulation.violate("the ledger failed for no reason: \(error)") }
        default: simulation.violate("\(error)")
        }
    }

    private func rerun(correcting number: Int?, _ context: OperationContext) async throws(OperationError) {
        let corrector = number.map { $0.isMultiple(of: 3) ? "approver" : "runner" } ?? "runner"
        let context = context.acting(as: corrector)
        let table = try Self.classifying { [simulation] in
            try number.flatMap { try simulation.planCorrection($0, by: corrector, context) }
        }
        let consent = try consent(for: table, context, isRerun: true)
        end(
            try await RerunRows(context, stop: stop).run(
                "payroll", correctedBy: table, consent: consent, where: nil))
    }

    /// One round of the inbox, as cron begins it.
    private func round(diesAfter last: Inbox.Step?, _ context: OperationContext) async throws(OperationError) {
        let acceptsWarnings = life.agreement != .beforehand(acceptsWarnings: false)
        permission.allowance = .everything
        if acceptsWarnings { simulation.paperwork.acceptWarnings() }
        let (remains, seed) = (remains, random.next())
        simulation.tally("inbox round")
        let round = try await Inbox(
            context, folder: try InboxFolder(simulation.inboxPath), acceptsWarnings: acceptsWarnings, settling: 30,
            explain: { "\($0.reason)" },
            onStep: { [self] step in
                if !disk.isCut, step == last {
                    simulation.tally("died after \(step)")
                    simulation.note("it dies after the step “\(step)”")
                    _ = disk.cutNow(.kill, seed: seed, leaving: remains)
                }
                // The calls of a dead process reach nothing.
                if disk.isCut { throw Dead() }
            }
        ).round()
        guard !disk.isCut else { return }
        for entry in round.entries { take(entry) }
    }

    private struct Dead: Error {}

    private static func classifying<Result>(_ work: () throws -> Result) throws(OperationError) -> Result {
        do {
            return try work()
        } catch {
            throw OperationError(error)
        }
    }

    private func take(_ entry: InboxRound.Entry) {
        simulation.note("\(entry.file): \(entry.result), \(entry.end)")
        simulation.tally("inbox: \(entry.result)")
        switch entry.end {
        case .rejected(.findings): simulation.tally("rejected for its findings")
        case .rejected(.importedAlready): simulation.tally("rejected, for it was imported already")
        case .stopped(let error): take(error)
        case .rejected, .ran, .notTaken, .notReached: break
        }
    }

    /// Returns the consent of the person who starts this process.
    private func consent(
        for table: CorrectionFile?, _ context: OperationContext, isRerun: Bool = false
    ) throws(OperationError) -> Consent {
        switch life.agreement {
        case .beforehand(let acceptsWarnings):
            permission.allowance = .everything
            if acceptsWarnings { simulation.paperwork.acceptWarnings() }
            return .given(acceptingWarnings: acceptsWarnings)
        case .asked(let agrees):
            return .asked(isGiven: false, coversWarnings: false) { [self] question in
                simulation.note("asked: \(question.totals), \(question.warnings) warnings; agreed: \(agrees)")
                guard agrees else { return false }
                simulation.tally("agreed when asked")
                permission.allowance = .exactly(question.totals)
                acceptWarnings(shown: question.warnings)
                return true
            }
        case .confirmed(let isOutOfDate):
            var seen = try simulation.question(for: table, context, isRerun: isRerun)
            if isOutOfDate { seen = (ControlTotals(rows: seen.totals.rows + 1, sum: seen.totals.sum), seen.warnings) }
            permission.allowance = .exactly(seen.totals)
            if !isOutOfDate { acceptWarnings(shown: seen.warnings) }
            return .confirmed(seen.totals, warnings: seen.warnings)
        }
    }

    private func acceptWarnings(shown: Int) {
        let open = simulation.paperwork.openWarnings
        if shown != open { simulation.violate("a person was shown \(shown) warnings, and there are \(open)") }
        simulation.paperwork.acceptWarnings()
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
        case .rerunAnswered(let answers): simulation.take(answers)
        case .reversed(let row): simulation.takeReversal(of: row)
        default: break
        }
    }
}

extension SendingRefusal {
    /// For the tally.
    fileprivate var name: String {
        switch self {
        case .notApproved: "refused: not approved"
        case .rejected: "refused: rejected"
        case .rowAboveLimit: "refused: row above limit"
        case .batchAboveLimit: "refused: batch above limit"
        case .dayAboveLimit: "refused: day above limit"
        case .changedMeanwhile: "refused: changed meanwhile"
        }
    }
}

extension Simulation {
    var time: TimeSource {
        TimeSource(
            now: { [self] in wallClock() }, uptime: { [loop] in loop.now + .seconds(1000) }, boot: "boot \(boots)",
            sleep: { [loop] in try await loop.sleep($0) })
    }

    /// Returns the context of a use case in one life of the program.
    ///
    /// - Parameters:
    ///   - network: carries the requests to the bank.
    ///   - seed: decides all random numbers of the run.
    func context(
        of person: String, under life: Story.Life, through network: SimulatedNetwork, seed: UInt64,
        address: String = "sandbox", ledger: LedgerLocation? = nil, observe: @escaping @Sendable (RunEvent) -> Void
    ) -> OperationContext {
        var opening = LedgerOpening()
        opening.disk = disk.sends
        opening.home = LedgerHome(path: "payouts.sqlite", machine: "machine \(machine)")
        var context = OperationContext(
            person: person, process: "the simulation", time: time, timeZone: .gmt, language: .en,
            ledger: ledger
                ?? LedgerLocation(
                    path: folder.path("payouts.sqlite"), keyFile: KeyFile(path: folder.path("ledger.key")),
                    isSandbox: false, practicePath: folder.path("payouts.sandbox.sqlite"), opening: opening,
                    journal: disk.journal),
            outputFolder: reports.url.path,
            rules: SendingRules(
                limits: life.limits, requiresApproval: story.requiresApproval,
                policy: ReconciliationPolicy(
                    hardTimeout: life.timeout, quietPeriod: life.quietPeriod, whenNotFound: life.whenNotFound),
                senderName: "ACME", concurrency: life.concurrency),
            bank: BankAccess(catalogue: AnorBank.catalogue) { [self] in
                BankConnection(bank: bank(through: network), address: address) {
                    // There are no connections to close.
                }
            }, logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() },
            random: { RandomSource(SeededGenerator(seed: seed)) }, observe: observe)
        context.commits = { CommitQueue(ledger: $0) { work in Task { work() } } }
        return context
    }

    /// Returns the context of a use case that needs no bank.
    func context(of person: String) -> OperationContext {
        let life = Story.Life(
            concurrency: 1, timeout: .seconds(60), quietPeriod: .zero, whenNotFound: .review, end: .finishes,
            meanwhile: [], afterwards: [], pause: .zero)
        let network = SimulatedNetwork(for: self, under: Permission(), timeout: life.timeout, seed: story.seed)
        return context(of: person, under: life, through: network, seed: story.seed) { [self] event in
            if case .ledgerNoticed(let finding, _) = event { take([finding]) }
        }
    }

    func bank(through network: SimulatedNetwork) -> AnorBank {
        let start = ContinuousClock.now
        return AnorBank(
            client: MerchantClient(
                transport: network, username: bank.configuration.username,
                password: Password(bank.configuration.password), now: { [loop] in start + loop.now }))
    }

    /// Notes a move that the program believes to be on disk.
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
        case .cut, .cutLater: "cut"
        case .syncFails: "sync failed"
        case .diskIsFull: "disk full"
        }
    }
}
