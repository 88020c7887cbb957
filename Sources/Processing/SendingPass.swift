import Bookkeeping
import Logging
import PaymentValues
import Payouts
import Synchronization

/// Sends the queued rows of a batch once, with a limited number of slots. A slot claims a row, sends it and records the
/// answer. Only then it claims another row, so a claimed row never waits for a slot.
final class SendingPass: Sendable {
    private let runner: BatchRunner
    private let source: PayoutSource
    private let stop: StopSignal
    private let stopRules: Mutex<StopRules>
    private let rateLimit: RateLimit?
    /// Starts the slots half a millisecond apart. If all started together, the bank would answer all of them late and
    /// together, and the bursts would repeat.
    private let firstClaims = RateLimit(perSecond: 2000)
    private let gate: PacingGate
    private let asksFirst: Bool
    private let batch: BatchID
    /// The number of rows that the bank was asked about before sending, and how many of them it knew.
    private let questions = Mutex((asked: 0, settled: 0))
    /// The payments that the bank named in answers to others.
    private let namedElsewhere = Mutex<Set<AgentTransactionID>>([])

    init(_ runner: BatchRunner, batch: BatchRecord, senderName: String, stop: StopSignal) {
        self.runner = runner
        self.stop = stop
        asksFirst = batch.asksFirst || runner.options.asksFirst
        self.batch = batch.id
        source = PayoutSource(ledger: runner.ledger, batch: batch, senderName: senderName)
        stopRules = Mutex(runner.options.stopRules)
        rateLimit = runner.options.ratePerSecond.map(RateLimit.init(perSecond:))
        gate = PacingGate(Pacing(limit: runner.options.concurrency, softTimeout: runner.options.softTimeout))
    }

    /// Sends the queued rows.
    ///
    /// - Throws: the first error of the ledger, after every request in flight has ended.
    func run() async throws(LedgerError) {
        let failure = await withTaskGroup(of: LedgerError?.self) { group in
            for slot in 0..<runner.options.concurrency {
                group.addTask(executorPreference: runner.executor) { await self.run(slot) }
            }
            return await group.reduce(nil) { first, failure in first ?? failure }
        }
        if let failure { throw failure }
        let (asked, settled) = questions.withLock { $0 }
        try runner.ledger.record(.init(about: .notSent, asked: asked, settled: settled), of: batch)
    }

    private func run(_ slot: Int) async -> LedgerError? {
        // Release the waiting slots when the last working slots end.
        defer { gate.open() }
        do {
            await stop.sleep(firstClaims.delay(now: runner.time.uptime()), by: runner.time)
            var payout = try await claimNext(for: slot)
            var history = SendHistory()
            while let current = payout {
                let sentAt = runner.time.uptime()
                let outcome = await runner.bank.pay(current.order)
                if let fewer = gate.take(outcome, sentAt: sentAt, now: runner.time.uptime()) {
                    runner.logger.debug("the bank is strained: \(fewer) requests at once from now on")
                }
                history.add(outcome)
                let next = try await record(outcome, of: current, history: history, slot: slot)
                if next?.attempt != current.attempt { history = SendHistory() }
                payout = next
            }
            return nil
        } catch {
            stop.stop(Reason(.ledgerFailed))
            return error
        }
    }

    /// Records the verdict of a send and claims the slot's next row. If possible it does both in one commit, so that a
    /// slot waits for the disk once per row.
    ///
    /// - Parameter history: the sends of this row in this pass, including this one.
    private func record(
        _ outcome: Outcome, of payout: PendingPayout, history: SendHistory, slot: Int
    ) async throws(LedgerError) -> PendingPayout? {
        if case .misdirected(let other, let reason) = outcome {
            namedElsewhere.withLock { _ = $0.insert(other) }
            try await doubt(other, because: reason)
        }
        // If the bank names this payment only after this check, the check behind the commit finds it.
        let verdict = Verdict(of: outcome, isDoubtful: payout.isDoubtful || isNamedElsewhere(payout))
        if let reason = stopRules.withLock({ $0.take(outcome, as: verdict.transition) }) { stop.stop(reason) }

        switch verdict.next {
        case .pause(let reason):
            stop.stop(reason)
            try await settle(payout, verdict.transition)
            return nil
        case .sameRow(let resend):
            try await settle(payout, verdict.transition)
            return try await claimAgain(
                payout, after: resend, because: verdict.transition.reason, history: history, slot: slot)
        case .anotherRow:
            guard stop.reason == nil, rateLimit == nil, !asksFirst, gate.admits(slot) else {
                try await settle(payout, verdict.transition)
                return try await claimNext(for: slot)
            }
            return try await settleAndClaimNext(payout, verdict.transition, slot: slot)
        }
    }

    private func settle(_ payout: PendingPayout, _ transition: Transition) async throws(LedgerError) {
        do {
            try await runner.commits.settle(payout.attempt, as: transition)
        } catch {
            tellLost(transition, of: payout)
            throw error
        }
        tell(transition, of: payout)
        if isNamedElsewhere(payout) { try await doubt(payout.attempt.id, because: Reason(.answerNotTrusted)) }
    }

    private func settleAndClaimNext(
        _ payout: PendingPayout, _ transition: Transition, slot: Int
    ) async throws(LedgerError) -> PendingPayout? {
        let next: PendingPayout?
        do {
            next = try source.next()
        } catch {
            // Record the verdict first. Then throw the error of the next row.
            try await settle(payout, transition)
            throw error
        }
        guard let next else {
            try await settle(payout, transition)
            return nil
        }
        let claim: Result<Bool, LedgerError>
        do {
            claim = try await runner.commits.settle(payout.attempt, as: transition, claiming: next)
        } catch {
            tellLost(transition, of: payout)
            throw error
        }
        tell(transition, of: payout)
        if isNamedElsewhere(payout) { try await doubt(payout.attempt.id, because: Reason(.answerNotTrusted)) }
        guard try claim.get() else { return try await claimNext(for: slot) }
        watchClaim(of: next)
        return next
    }

    private func isNamedElsewhere(_ payout: PendingPayout) -> Bool {
        namedElsewhere.withLock { $0.contains(payout.attempt.id) }
    }

    /// Makes a row unknown whose refusal may belong to another payment. The bank is asked about it at the end of the run.
    /// A request in flight is judged when its answer comes.
    private func doubt(_ id: AgentTransactionID, because reason: Reason) async throws(LedgerError) {
        guard let row = try await runner.commits.doubt(id, in: batch, because: reason) else { return }
        runner.watch(PayoutMove(of: row.attempt, amount: row.amount, from: row.state, by: .unknown(reason)))
    }

    /// Claims the next row on disk and returns it. Returns `nil` if there is nothing more to send.
    private func claimNext(for slot: Int) async throws(LedgerError) -> PendingPayout? {
        while stop.reason == nil {
            await gate.turn(of: slot)
            guard var payout = try source.next() else { return nil }
            if asksFirst {
                if try await isSettledByAsking(payout) { continue }
                // “Not found” proves nothing: a send of the lost ledger may still be in flight.
                payout.isDoubtful = true
            }
            if try await claim(payout) { return payout }
        }
        return nil
    }

    private func claim(_ payout: PendingPayout) async throws(LedgerError) -> Bool {
        if let rateLimit {
            await stop.sleep(rateLimit.delay(now: runner.time.uptime()), by: runner.time)
        }
        guard stop.reason == nil, try await runner.commits.claim(payout) else { return false }
        watchClaim(of: payout)
        return true
    }

    private func claimAgain(
        _ payout: PendingPayout, after resend: Outcome.Resend, because reason: Reason?, history: SendHistory,
        slot: Int
    ) async throws(LedgerError) -> PendingPayout? {
        switch resend {
        case .afterLogin where history.refusedTokens > 1:
            stop.stop(Reason(.signInRefused))
        case .afterLogin:
            break
        case .afterBackoff(let seconds):
            let pause = runner.options.backoff.pause(
                before: history.sends, atLeastSeconds: seconds, random: runner.random)
            if let pause {
                await stop.sleep(pause, by: runner.time)
            } else {
                stop.stop(reason ?? Reason(.bankUnreachable))
            }
        }
        return try await claim(payout) ? payout : try await claimNext(for: slot)
    }

    /// Asks the bank about a row of a rebuilt ledger. Returns whether the row must not be sent now.
    private func isSettledByAsking(_ payout: PendingPayout) async throws(LedgerError) -> Bool {
        let finding = await runner.bank.status(of: payout.attempt.id, expecting: payout.order.amount)
        questions.withLock { $0.asked += 1 }
        var further: [StatusFinding] = []
        var transition = Transition(knownByLaterOnes: finding)
        switch finding {
        case .noAnswer(let reason):
            // Without an answer, do not send the row. It stays queued.
            stop.stop(reason)
            return true
        case .notFound, .notPaid:
            switch try await runner.lostLedgerAttempts.askEarlier(than: payout.attempt) {
            case .unpaid: break
            case .mayBePaid: transition = .review(Reason(.sentUnderEarlierID))
            case .notAsked(let reason):
                stop.stop(reason)
                return true
            }
            if transition.target == .review { break }
            // The lost ledger may have made later attempts at the row.
            switch try await runner.lostLedgerAttempts.ask(after: payout.attempt, amount: payout.order.amount) {
            case .known(let findings): further = findings
            case .notAsked(let reason):
                stop.stop(reason)
                return true
            }
            if case .notFound = finding, further.isEmpty { return false }
        case .paid, .inProgress, .needsHuman: break
        }
        do {
            let first = CommitQueue.Step(
                payout.attempt, from: .queued, as: transition,
                why: .asked(.beforeSending, transition.reason?.code))
            try await runner.commits.settle(
                [first] + (try runner.lostLedgerAttempts.steps(further, after: payout.attempt)))
        } catch .stateHasChanged {
            return true
        }
        questions.withLock { $0.settled += 1 }
        tell(transition, of: payout, from: .queued)
        if let last = further.last { tell(Transition(knownByLaterOnes: last), of: payout, from: .refused) }
        return true
    }
}

extension SendingPass {
    private func watchClaim(of payout: PendingPayout) {
        tell(.claimed(isDoubtful: payout.isDoubtful), of: payout, from: .queued)
    }

    private func tell(_ transition: Transition, of payout: PendingPayout, from state: PayoutState = .sending) {
        runner.watch(PayoutMove(of: payout.attempt, amount: payout.order.amount, from: state, by: transition))
    }

    /// Logs an answer that could not be written. The next run asks about the row again, but this answer must not be
    /// lost.
    private func tellLost(_ transition: Transition, of payout: PendingPayout) {
        runner.logger.critical(
            "row \(payout.attempt.row), agentTranId \(payout.attempt.id): the bank answered, and it could not be recorded",
            metadata: [
                "answer": "\(transition.target.rawValue)", "reason": "\(transition.reason?.code.rawValue ?? "-")",
            ])
    }
}

/// The consecutive sends of one row by one slot.
private struct SendHistory {
    private(set) var sends = 0
    /// The number of sends that the bank refused only because of the token.
    private(set) var refusedTokens = 0

    mutating func add(_ outcome: Outcome) {
        sends += 1
        if case .notProcessed(_, .afterLogin) = outcome { refusedTokens += 1 }
    }
}
