import Bookkeeping
import PaymentValues
import Payouts

/// The attempts that a lost ledger may have made at a row, and that this ledger does not have. Their ids are computed
/// from the file, so the program can ask the bank about them.
struct LostLedgerAttempts: Sendable {
    let ledger: Ledger
    let bank: any Bank

    /// The number of consecutive unknown ids after which asking stops. One attempt can be missing at the bank: it was
    /// lost, or refused without a record. The next attempt may still be paid.
    private static let lookahead = 2
    /// The largest plausible number of attempts at one row. A bank that claims to know more is not trusted.
    private static let limit = 50

    enum Answer {
        /// The bank's answers about the further attempts, in order. The last one is about the last attempt that the
        /// bank knows.
        case known([StatusFinding])
        case notAsked(Reason)
    }

    /// Asks the bank about the attempts after a row's latest one.
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

    enum EarlierAnswer {
        /// The bank paid none of them, and pays none now.
        case unpaid
        case mayBePaid
        case notAsked(Reason)
    }

    /// Asks the bank about the attempts before a row's latest one. Another ledger may have sent one of them again.
    func askEarlier(than attempt: AttemptKey, amount: Tiyin) async throws(LedgerError) -> EarlierAnswer {
        for earlier in try ledger.keysOfEarlierAttempts(than: attempt) {
            switch await bank.status(of: earlier.id, expecting: amount) {
            case .notFound, .notPaid: continue
            case .paid, .inProgress, .needsHuman: return .mayBePaid
            case .noAnswer(let reason): return .notAsked(reason)
            }
        }
        return .unpaid
    }

    /// Returns the steps that record the bank's answers about later attempts of a refused row. Make them in one commit.
    /// Otherwise the row could stay queued under an id that the bank already knows, and would be sent again.
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
    /// Makes a transition from the bank's answer about a row. Returns `nil` if the answer proves nothing.
    init?(_ finding: StatusFinding) {
        switch finding {
        case .paid(let receipt): self = .paid(receipt)
        case .notPaid(let reason): self = .refused(reason)
        case .inProgress(let reason): self = .unknown(reason)
        case .needsHuman(let reason): self = .review(reason)
        case .notFound, .noAnswer: return nil
        }
    }

    /// Makes a transition from the answer about an attempt that a later attempt followed. Such an attempt cannot have
    /// been paid.
    init(knownByLaterOnes finding: StatusFinding) {
        self = Transition(finding) ?? .refused(Reason(.notFoundAtBank))
    }
}
