package import Bookkeeping
package import Foundation
package import Payouts

/// What an answer to “what became of it?” means for an unknown payout. Pure.
package struct ReconciliationPolicy: Sendable {
    /// How long a request may be on its way after it was sent.
    package var hardTimeout: Duration
    /// How long after that “not found” proves nothing yet.
    package var quietPeriod: Duration
    package var whenNotFound: WhenNotFound
    /// How often the bank must have said “not found”, each asking a quarter of the quiet period after the one before.
    package var askings = 3

    package enum WhenNotFound: String, Sendable, CaseIterable {
        case review
        /// Sends the same id with the same body. Only for a bank that is known to reject or replay a repeated id.
        case resend
    }

    package init(hardTimeout: Duration, quietPeriod: Duration, whenNotFound: WhenNotFound) {
        self.hardTimeout = hardTimeout
        self.quietPeriod = quietPeriod
        self.whenNotFound = whenNotFound
    }

    package enum Verdict: Hashable, Sendable {
        case settle(Transition)
        case keepAsking(notFoundCount: Int, quietSince: Date?)
    }

    package func judge(_ finding: StatusFinding, of payout: UnknownPayout, at now: Date) -> Verdict {
        switch finding {
        case .paid(let receipt): return .settle(.paid(receipt))
        case .notPaid(let reason): return .settle(.refused(reason))
        case .needsHuman(let reason): return .settle(.review(reason))
        // A bank that knows the payout after all: what it did not know before counts for nothing.
        case .inProgress: return .keepAsking(notFoundCount: 0, quietSince: payout.quietSince)
        case .noAnswer: return .keepAsking(notFoundCount: payout.notFoundCount, quietSince: payout.quietSince)
        case .notFound(let reason): return judgeNotFound(reason, of: payout, at: now)
        }
    }

    private func judgeNotFound(_ reason: Reason, of payout: UnknownPayout, at now: Date) -> Verdict {
        let known = [payout.lastSentAt, payout.lastAskedAt, payout.quietSince].compactMap { $0 }
        // A moment that lies ahead shows that the clock was set back: nothing measured by it counts any more.
        guard let latest = known.max(), latest <= now else {
            return .keepAsking(notFoundCount: 1, quietSince: now)
        }
        let isSpaced = payout.lastAskedAt.map { now.timeIntervalSince($0) >= quietPeriod.timeInterval / 4 } ?? true
        let count = payout.notFoundCount + (isSpaced ? 1 : 0)
        let end = endOfQuiet(lastSentAt: payout.lastSentAt, quietSince: payout.quietSince)
        guard count >= askings, end.map({ $0 <= now }) ?? true else {
            return .keepAsking(notFoundCount: count, quietSince: payout.quietSince)
        }
        let verdict = Reason(.notFoundAtBank, httpStatus: reason.httpStatus, bankText: reason.bankText)
        return .settle(whenNotFound == .resend ? .requeued(verdict) : .review(verdict))
    }

    /// From when on “not found” may mean what it says: counted from the last moment at which a byte may have left.
    /// `nil` where nothing was ever sent.
    func endOfQuiet(lastSentAt: Date?, quietSince: Date?) -> Date? {
        let lastByte = lastSentAt.map { $0.addingTimeInterval(hardTimeout.timeInterval) }
        return [lastByte, quietSince].compactMap { $0 }.max()?.addingTimeInterval(quietPeriod.timeInterval)
    }
}

extension Duration {
    var timeInterval: TimeInterval { self / .seconds(1) }
}
