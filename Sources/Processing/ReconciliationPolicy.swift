package import Bookkeeping
package import Foundation
package import Payouts

/// Decides what a bank's status answer means for an unknown payout. It has no side effects.
package struct ReconciliationPolicy: Sendable {
    /// The longest time that a request can be in flight.
    package var hardTimeout: Duration
    /// The time after `hardTimeout` during which “not found” proves nothing.
    package var quietPeriod: Duration
    package var whenNotFound: WhenNotFound
    /// The number of “not found” answers that are needed. They count only after the quiet period, and only if a quarter
    /// of it lies between them.
    package var askings = 3

    package enum WhenNotFound: String, Sendable, CaseIterable {
        case review
        /// Send the same id with the same body again. Use this only for a bank that rejects or replays a repeated id.
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
        // The bank knows the payout now, so earlier “not found” answers no longer count.
        case .inProgress: return .keepAsking(notFoundCount: 0, quietSince: payout.quietSince)
        case .noAnswer: return .keepAsking(notFoundCount: payout.notFoundCount, quietSince: payout.quietSince)
        case .notFound(let reason): return judgeNotFound(reason, of: payout, at: now)
        }
    }

    private func judgeNotFound(_ reason: Reason, of payout: UnknownPayout, at now: Date) -> Verdict {
        let known = [payout.lastSentAt, payout.lastAskedAt, payout.quietSince].compactMap { $0 }
        // A time in the future shows that the clock was set back. Then earlier times no longer count.
        guard let latest = known.max(), latest <= now else {
            return .keepAsking(notFoundCount: 0, quietSince: now)
        }
        // A bank that has just begun to deny a payment must not be believed because of what it said before.
        if let end = endOfQuiet(lastSentAt: payout.lastSentAt, quietSince: payout.quietSince), end > now {
            return .keepAsking(notFoundCount: 0, quietSince: payout.quietSince)
        }
        let isSpaced = payout.lastAskedAt.map { now.timeIntervalSince($0) >= quietPeriod.timeInterval / 4 } ?? true
        let count = payout.notFoundCount + (isSpaced ? 1 : 0)
        guard count >= askings else {
            return .keepAsking(notFoundCount: count, quietSince: payout.quietSince)
        }
        let verdict = Reason(.notFoundAtBank, httpStatus: reason.httpStatus, bankText: reason.bankText)
        return .settle(whenNotFound == .resend ? .requeued(verdict) : .review(verdict))
    }

    /// Returns the time from which “not found” can be trusted. It counts from the last moment at which a byte may have
    /// been sent. It is `nil` if nothing was ever sent.
    func endOfQuiet(lastSentAt: Date?, quietSince: Date?) -> Date? {
        let lastByte = lastSentAt.map { $0.addingTimeInterval(hardTimeout.timeInterval) }
        return [lastByte, quietSince].compactMap { $0 }.max()?.addingTimeInterval(quietPeriod.timeInterval)
    }
}

extension Duration {
    var timeInterval: TimeInterval { self / .seconds(1) }
}
