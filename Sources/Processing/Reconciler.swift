package import Bookkeeping
package import Logging
import Payouts

/// Asks the bank for the status of every unknown payout.
package struct Reconciler: Sendable {
    let ledger: Ledger
    let commits: CommitQueue
    let bank: any Bank
    let policy: ReconciliationPolicy
    let time: TimeSource
    let logger: Logger
    let watch: @Sendable (PayoutMove) -> Void
    /// The number of queries in flight at once. It is separate from the sends, so that sending never delays the
    /// queries.
    var concurrency = 4

    package init(
        ledger: Ledger, commits: CommitQueue, bank: any Bank, policy: ReconciliationPolicy, time: TimeSource,
        logger: Logger, watch: @escaping @Sendable (PayoutMove) -> Void
    ) {
        self.ledger = ledger
        self.commits = commits
        self.bank = bank
        self.policy = policy
        self.time = time
        self.logger = logger
        self.watch = watch
    }

    /// Asks about every unknown payout of a batch again and again, with growing pauses. It ends when none is unknown,
    /// when `patience` has passed or when the run stops.
    ///
    /// - Returns: the number of payouts that are still unknown.
    @discardableResult
    package func reconcile(
        _ batch: BatchID, patience: Duration, stop: StopSignal
    ) async throws(LedgerError) -> Int {
        let deadline = time.uptime() + patience
        var pause = Duration.seconds(1)
        while true {
            let left = try await askAll(batch, stop: stop)
            let now = time.uptime()
            guard left > 0, now < deadline, stop.reason == nil else { return left }
            await stop.sleep(min(pause, deadline - now), by: time)
            pause = min(pause * 2, .seconds(30))
        }
    }

    /// Asks once about each unknown payout, and returns how many are still unknown.
    private func askAll(_ batch: BatchID, stop: StopSignal) async throws(LedgerError) -> Int {
        // Read the clock before the unknown rows, because a changed clock affects them.
        let start = time.reading
        if try ledger.checkClock(start) { logger.info("the clock was set: quiet periods start again") }
        let unknowns = try ledger.unknowns(in: batch)
        guard !unknowns.isEmpty, stop.reason?.code != .stoppedByPerson else { return unknowns.count }
        logger.info("asking the bank about \(unknowns.count) unknown payouts")
        let later = try ledger.asksFirst(about: batch) ? LostLedgerAttempts(ledger: ledger, bank: bank) : nil
        var waiting = unknowns[...]
        var settled = 0
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for payout in waiting.prefix(concurrency) { group.addTask { try await ask(payout, later, start) } }
                waiting = waiting.dropFirst(concurrency)
                while let isSettled = try await group.next() {
                    settled += isSettled ? 1 : 0
                    if stop.reason?.code != .stoppedByPerson, let payout = waiting.popFirst() {
                        group.addTask { try await ask(payout, later, start) }
                    }
                }
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            preconditionFailure("asking throws ledger errors only: \(error)")
        }
        // Write one event for all queries. An event for each query would cost a write each.
        try ledger.record(.init(about: .unknown, asked: unknowns.count - waiting.count, settled: settled), of: batch)
        return unknowns.count - settled
    }

    /// Asks about one payout. Returns whether it is settled.
    ///
    /// - Parameters:
    ///   - later: asks about attempts that this ledger may have forgotten. `nil` if it has forgotten none.
    ///   - start: the clocks when this pass began.
    private func ask(
        _ payout: UnknownPayout, _ later: LostLedgerAttempts?, _ start: ClockReading
    ) async throws(LedgerError) -> Bool {
        // Use the time of the question: the bank may make the payment after its answer has left.
        let asked = time.now()
        let finding = await bank.status(of: payout.attempt.id, expecting: payout.amount)
        if case .notFound = finding, time.reading.hasStepped(since: start) {
            // The next pass notices the changed clock and restarts the quiet periods.
            return false
        }
        switch policy.judge(finding, of: payout, at: asked) {
        case .keepAsking(let notFoundCount, let quietSince):
            try await commits.recordAsking(payout.attempt, notFoundCount: notFoundCount, quietSince: quietSince)
            return false
        case .settle(let transition):
            var further: [StatusFinding] = []
            if case .refused = transition, let later {
                // The bank refused this attempt. A lost ledger may have made another one, which the bank paid.
                guard case .known(let findings) = try await later.ask(after: payout.attempt, amount: payout.amount)
                else { return false }
                further = findings
            }
            do {
                let first = CommitQueue.Step(
                    payout.attempt, from: .unknown, as: transition,
                    why: .asked(.aboutUnknown, transition.reason?.code))
                try await commits.settle([first] + (try later?.steps(further, after: payout.attempt) ?? []))
            } catch .stateHasChanged {
                // A person settled the row during the query.
                return true
            }
            watch(PayoutMove(of: payout.attempt, amount: payout.amount, from: .unknown, by: transition))
            guard let last = further.last.map(Transition.init(knownByLaterOnes:)) else { return true }
            watch(PayoutMove(of: payout.attempt, amount: payout.amount, from: .refused, by: last))
            return last.target != .unknown
        }
    }
}
