import Bookkeeping
import PaymentValues
import Payouts

/// The attempts at a row that a lost ledger may have made and this ledger does not have. Their ids are derived from the
/// file, so the bank can be asked about them.
struct LostLedgerAttempts: Sendable {
    let ledger: Ledger
    let bank: any Bank

    /// How many consecutive ids must be unknown to the bank before no further one is asked about. One attempt may have
    /// been lost, or refused by a bank that keeps no record of it, and the next one may still be paid.
    private static let lookahead = 2
    /// A bank that claims to know more attempts at one row than this is not trusted.
    private static let limit = 50

    enum Answer {
        /// The bank's answers about the further attempts, in order, up to the last attempt that it knows.
        case known([StatusFinding])
        case notAsked(Reason)
    }

    /// Asks about the attempts after the latest one of a row.
    func ask(after attempt: AttemptKey, amount: Tiyin) async throws(LedgerError) -> Answer {
        var findings: [StatusFinding] = []
        var knownCount = 0
        while findings.count < Self.limit {
            let keys = try ledger.keysOfFurtherAttempts(
                atRow: attempt.row, of: attempt.batch, count: findings.count + 1)
            guard let next = keys.last else { break }
            findings.append(await bank.status(of: next.id, expecting: amount))
            switch findings[findings.count - 1] {
            case .notFound:
                if findings.count - knownCount == Self.lookahead { return .known(Array(findings.prefix(knownCount))) }
            case .noAnswer(let reason): return .notAsked(reason)
            case .notPaid: knownCount = findings.count
            case .paid, .inProgress, .needsHuman: return .known(findings)
            }
        }
        return .notAsked(Reason(.answerNotTrusted))
    }

    /// Returns the steps that record, for a refused row, what the bank said about later attempts. Make them in one
    /// commit: a row left queued under an id that the bank already knows would be sent again.
    func steps(_ findings: [StatusFinding], after attempt: AttemptKey) throws(LedgerError) -> [CommitQueue.Step] {
        guard !findings.isEmpty else { return [] }
        let keys = try ledger.keysOfFurtherAttempts(atRow: attempt.row, of: attempt.batch, count: findings.count)
        var steps: [CommitQueue.Step] = []
        for (earlier, (next, finding)) in zip([attempt] + keys, zip(keys, findings)) {
            steps.append(.init(earlier, from: .refused, as: .rerun(nil), why: .attemptOfLostLedger))
            let transition = Transition(knownByLaterOnes: finding)
            steps.append(
                .init(
                    next, from: .queued, as: transition, why: .asked(.beforeSending, transition.reason?.code)))
        }
        return steps
    }
}

extension Transition {
    /// Turns the bank's answer about a row into a transition, or returns `nil` if the answer proves nothing.
    init?(_ finding: StatusFinding) {
        switch finding {
        case .paid(let receipt): self = .paid(receipt)
        case .notPaid(let reason): self = .refused(reason)
        case .inProgress(let reason): self = .unknown(reason)
        case .needsHuman(let reason): self = .review(reason)
        case .notFound, .noAnswer: return nil
        }
    }

    /// Turns the answer about an attempt into a transition, given that a lost ledger made a later attempt. That attempt
    /// cannot have been paid.
    init(knownByLaterOnes finding: StatusFinding) {
        self = Transition(finding) ?? .refused(Reason(.notFoundAtBank))
    }
}
