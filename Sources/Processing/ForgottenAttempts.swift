import Bookkeeping
import PaymentValues
import Payouts

/// Attempts at a row that the bank may know of and this ledger does not: a ledger that was lost made them. Their ids
/// follow from the file, so the bank can be asked.
struct ForgottenAttempts: Sendable {
    let ledger: Ledger
    let bank: any Bank

    /// How many ids in a row the bank must not know before no further one is asked about. An attempt may have been lost on
    /// its way, or refused by a bank that keeps no record of that, and the next one paid.
    private static let lookahead = 2
    /// A bank that knows of more attempts than this at one row is not believed.
    private static let limit = 50

    enum Answer {
        /// What the bank says of the further attempts, in their order, up to the last that it knows.
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

    /// What brings the record of a row, once it is refused, up to what the bank said of its further attempts. To be made in
    /// one commit: a row that is queued under an id which the bank knows would be sent.
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
    /// What an answer of the bank makes of a row that was not sent by this ledger. `nil` where it says nothing.
    init?(_ finding: StatusFinding) {
        switch finding {
        case .paid(let receipt): self = .paid(receipt)
        case .notPaid(let reason): self = .refused(reason)
        case .inProgress(let reason): self = .unknown(reason)
        case .needsHuman(let reason): self = .review(reason)
        case .notFound, .noAnswer: return nil
        }
    }

    /// The same of an attempt after which a lost ledger made another: it cannot have been paid.
    init(knownByLaterOnes finding: StatusFinding) {
        self = Transition(finding) ?? .refused(Reason(.notFoundAtBank))
    }
}
