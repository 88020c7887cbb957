import Payouts

/// How many requests may be open at once: from 1 to the concurrency of the run. Pure.
///
/// Additive increase, multiplicative decrease: half as many after a sign that the bank is strained, one more for each
/// round of good answers. It needs no knowledge of the bank, finds the rate that the bank can bear and shares it fairly
/// with the bank's other customers, as TCP does. Schemes that model the queue from answer times alone do better on a
/// network, but a bank's answer times vary with the payout and not only with the load.
struct Pacing: Sendable {
    /// An answer that took longer counts as slow, whatever is usual.
    private let softTimeout: Duration
    private let limit: Double
    private var window: Double
    /// Signs from requests that were sent before the last decrease speak of the load before it.
    private var lastDecrease: Duration?
    private var usual = UsualTime()

    /// - Parameter limit: requests open at once at most, 1 or more.
    init(limit: Int, softTimeout: Duration) {
        self.limit = Double(limit)
        self.softTimeout = softTimeout
        window = Double(limit)
    }

    /// Requests that may be open now.
    var allowed: Int { Int(window) }

    /// - Parameters:
    ///   - sentAt: when the request was sent, by a clock that only moves forward.
    ///   - now: when its outcome came.
    mutating func take(_ outcome: Outcome, sentAt: Duration, now: Duration) {
        guard let sign = Sign(outcome) else { return }
        let took = now - sentAt
        let isSlow = took > softTimeout || usual.isExceeded(by: took)
        if sign == .answered { usual.take(took) }
        guard sign == .strained || isSlow else {
            window = min(limit, window + 1 / window)
            return
        }
        if let lastDecrease, sentAt < lastDecrease { return }
        window = max(1, window / 2)
        lastDecrease = now
    }

    private enum Sign {
        case answered
        case strained

        /// `nil` for what says nothing about the bank's load, such as an expired token.
        init?(_ outcome: Outcome) {
            switch outcome {
            case .paid: self = .answered
            case .refused(let reason), .needsHuman(let reason):
                self = reason.httpStatus ?? 0 >= 500 ? .strained : .answered
            case .unknown, .notProcessed(_, .afterBackoff): self = .strained
            case .refusedForEveryone, .notProcessed(_, .afterLogin): return nil
            }
        }
    }
}

/// The time that answers take when nothing is in their way: the shortest of the last hundred or two, so that a bank that
/// has become slower for good is not slow for ever.
private struct UsualTime {
    private var earlier: Duration?
    private var current: Duration?
    private var count = 0

    mutating func take(_ took: Duration) {
        current = min(current ?? took, took)
        count += 1
        if count == 100 { (earlier, current, count) = (current, nil, 0) }
    }

    /// Whether an answer took four times what is usual; below a quarter of a second no bank is called slow.
    func isExceeded(by took: Duration) -> Bool {
        let usual = [earlier, current].compactMap { $0 }.min()
        return usual.map { took > $0 * 4 && took > .milliseconds(250) } ?? false
    }
}
