package import Bookkeeping
package import Foundation
package import Payouts

/// Queues refused rows again. Before that, it asks the bank about the row's last attempt. A row that the bank refused
/// gets a new agentTranId.
package struct Rerun: Sendable {
    let ledger: Ledger
    let commits: CommitQueue
    let bank: any Bank
    let policy: ReconciliationPolicy
    let time: TimeSource

    package init(
        ledger: Ledger, commits: CommitQueue, bank: any Bank, policy: ReconciliationPolicy, time: TimeSource
    ) {
        self.ledger = ledger
        self.commits = commits
        self.bank = bank
        self.policy = policy
        self.time = time
    }

    /// The result for one row.
    package enum Answer: Hashable, Sendable {
        case queued
        /// The bank no longer reports the refusal, or it knows later attempts from a lost ledger.
        case takenBack(PayoutState)
        /// The old attempt may still be in flight, and the bank does not know it yet.
        case tooEarly(until: Date)
        /// The bank could not be asked.
        case notAsked(Reason)
        /// The row must be sent unchanged. Only a person recorded its refusal, so it keeps its old id.
        case mustStayAsItIs
        /// Another process changed the row first.
        case hasChanged

        fileprivate var isTakenBack: Bool { if case .takenBack = self { true } else { false } }
    }

    /// Queues refused rows again.
    ///
    /// - Parameters:
    ///   - corrections: the corrections, by row.
    ///   - isWanted: selects the refused rows.
    /// - Returns: the answer for each selected row, by row.
    package func rerun(
        _ batch: BatchID, correcting corrections: [Int: Correction] = [:],
        where isWanted: (RefusedPayout) -> Bool = { _ in true }
    ) async throws(LedgerError) -> [Int: Answer] {
        try ledger.checkUnaltered(batch)
        let start = time.reading
        try ledger.checkClock(start)
        var answers: [Int: Answer] = [:]
        for payout in try ledger.refused(in: batch) where isWanted(payout) {
            answers[payout.attempt.row] = try await rerun(payout, as: corrections[payout.attempt.row], start)
        }
        let settled = answers.values.count { $0 == .queued || $0.isTakenBack }
        try ledger.record(.init(about: .refused, asked: answers.count, settled: settled), of: batch)
        return answers
    }

    /// Queues one row again.
    /// - Parameter start: the clocks when the bank was asked about the first row.
    private func rerun(
        _ payout: RefusedPayout, as correction: Correction?, _ start: ClockReading
    ) async throws(LedgerError) -> Answer {
        // Use the time of the question: the bank may make the payment after its answer has left.
        let asked = time.now()
        let finding = await bank.status(of: payout.attempt.id, expecting: payout.amount)
        var again = Transition.rerun(correction)
        switch finding {
        case .notPaid: break
        case .notFound(let reason):
            // A send was lost, and a person recorded it as not paid. The bank did not refuse it, so the row keeps its
            // id. A bank that checks ids cannot pay both sends.
            guard payout.isDoubtful else { break }
            let isClockSet = time.reading.hasStepped(since: start)
            let end = policy.endOfQuiet(
                lastSentAt: payout.lastSentAt, quietSince: isClockSet ? time.now() : payout.quietSince)
            if let end, isClockSet || end > asked { return .tooEarly(until: end) }
            guard correction == nil else { return .mustStayAsItIs }
            again = .requeued(reason)
        case .noAnswer(let reason): return .notAsked(reason)
        case .paid, .inProgress, .needsHuman:
            let transition = Transition(knownByLaterOnes: finding)
            return try await settle(payout, as: transition) ? .takenBack(transition.target) : .hasChanged
        }
        let forgotten = LostLedgerAttempts(ledger: ledger, bank: bank)
        if try ledger.asksFirst(about: payout.attempt.batch) {
            switch try await forgotten.askEarlier(than: payout.attempt, amount: payout.amount) {
            case .unpaid: break
            case .mayBePaid:
                let transition = Transition.review(Reason(.sentUnderEarlierID))
                return try await settle(payout, as: transition) ? .takenBack(.review) : .hasChanged
            case .notAsked(let reason): return .notAsked(reason)
            }
        }
        switch try await forgotten.ask(after: payout.attempt, amount: payout.amount) {
        case .notAsked(let reason): return .notAsked(reason)
        case .known([]): return try await settle(payout, as: again) ? .queued : .hasChanged
        case .known(let findings):
            do {
                try await commits.settle(try forgotten.steps(findings, after: payout.attempt))
                return .takenBack(findings.last.map { Transition(knownByLaterOnes: $0).target } ?? .refused)
            } catch .stateHasChanged {
                return .hasChanged
            }
        }
    }

    /// Settles the row. Returns `false` if another process changed the row first.
    private func settle(_ payout: RefusedPayout, as transition: Transition) async throws(LedgerError) -> Bool {
        do {
            try await commits.settle(
                payout.attempt, from: .refused, as: transition, why: .asked(.beforeRerun, transition.reason?.code))
            return true
        } catch .stateHasChanged {
            return false
        }
    }
}
