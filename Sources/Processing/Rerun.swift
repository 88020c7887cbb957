package import Bookkeeping
package import Foundation
package import Payouts

/// Puts refused rows back into the queue, each only after the bank was asked about its last attempt: under a new
/// agentTranId where the bank refused the old one.
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

    /// What became of one row.
    package enum Answer: Hashable, Sendable {
        case queued
        /// The bank says something else of the old attempt than when it refused it, or knows of later ones that a ledger
        /// made which was lost.
        case takenBack(PayoutState)
        /// The old attempt may still be on its way, and the bank does not know it yet.
        case tooEarly(until: Date)
        /// The bank could not be asked.
        case notAsked(Reason)
        /// The row goes out again under its old id, for only a person called it unpaid; so it must say the same as before.
        case mustStayAsItIs
        /// Another process was quicker.
        case hasChanged
    }

    /// - Parameters:
    ///   - corrections: what people changed, by row.
    ///   - isWanted: which of the refused rows are meant.
    /// - Returns: the answer for each of them, by row.
    package func rerun(
        _ batch: BatchID, correcting corrections: [Int: Correction] = [:],
        where isWanted: (RefusedPayout) -> Bool = { _ in true }
    ) async throws(LedgerError) -> [Int: Answer] {
        try ledger.demandUnaltered(batch)
        try ledger.checkClock(time.reading)
        var answers: [Int: Answer] = [:]
        for payout in try ledger.refused(in: batch) where isWanted(payout) {
            answers[payout.attempt.row] = try await rerun(payout, as: corrections[payout.attempt.row])
        }
        return answers
    }

    private func rerun(_ payout: RefusedPayout, as correction: Correction?) async throws(LedgerError) -> Answer {
        let finding = await bank.status(of: payout.attempt.id, expecting: payout.amount)
        var again = Transition.rerun(correction)
        switch finding {
        case .notPaid: break
        case .notFound(let reason):
            // A send was lost, and a person said that it did not pay. That is no refusal by the bank: the same id is used, so
            // that a bank which looks at ids cannot pay both.
            guard payout.isDoubtful else { break }
            let end = policy.endOfQuiet(lastSentAt: payout.lastSentAt, quietSince: payout.quietSince)
            if let end, end > time.now() { return .tooEarly(until: end) }
            guard correction == nil else { return .mustStayAsItIs }
            again = .requeued(reason)
        case .noAnswer(let reason): return .notAsked(reason)
        case .paid, .inProgress, .needsHuman:
            let transition = Transition(knownByLaterOnes: finding)
            return try await settle(payout, as: transition) ? .takenBack(transition.target) : .hasChanged
        }
        let forgotten = ForgottenAttempts(ledger: ledger, bank: bank)
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

    /// `false` where another process was quicker.
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
