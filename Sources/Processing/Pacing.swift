import Payouts

/// Computes how many requests may be in flight at once: from 1 to the concurrency of the run. It has no side effects.
///
/// The method is additive increase, multiplicative decrease. A sign of overload halves the number. Each round of good
/// answers adds one. The method needs no knowledge of the bank. Like TCP, it finds the rate that the bank can bear, and
/// shares it fairly with other customers. Methods that judge by response times alone work better on a network. But a
/// bank's response times depend on the payout as well as on the load.
struct Pacing: Sendable {
    /// The response time that counts as slow, whatever the usual time is.
    private let softTimeout: Duration
    private let limit: Double
    private var window: Double
    /// The time of the last decrease. Requests sent earlier say nothing about the load since then.
    private var lastDecrease: Duration?
    private var usual = UsualTime()

    /// Starts with one request.
    /// - Parameter limit: the largest number of requests in flight, 1 or more.
    init(limit: Int, softTimeout: Duration) {
        self.limit = Double(limit)
        self.softTimeout = softTimeout
        window = Double(limit)
    }

    /// The number of requests that may be in flight now.
    var allowed: Int { Int(window) }

    /// Adjusts the number after a response.
    ///
    /// - Parameters:
    ///   - sentAt: the time of the request on a monotonic clock.
    ///   - now: the time of its outcome on the same clock.
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

        /// Fails for outcomes that say nothing about the bank's load, such as an expired token.
        init?(_ outcome: Outcome) {
            switch outcome {
            case .paid: self = .answered
            case .refused(let reason), .needsHuman(let reason):
                self = reason.httpStatus ?? 0 >= 500 ? .strained : .answered
            case .unknown, .misdirected, .notProcessed(_, .afterBackoff): self = .strained
            case .refusedForEveryone, .notProcessed(_, .afterLogin): return nil
            }
        }
    }
}

/// The usual response time of an idle bank: the shortest of the last 100 to 200 responses. The window moves, so a bank
/// that became slower for good does not count as slow forever.
private struct UsualTime {
    private var earlier: Duration?
    private var current: Duration?
    private var count = 0

    mutating func take(_ took: Duration) {
        current = min(current ?? took, took)
        count += 1
        if count == 100 { (earlier, current, count) = (current, nil, 0) }
    }

    /// Returns whether a response took more than four times the usual time. Responses under a quarter of a second are
    /// never slow.
    func isExceeded(by took: Duration) -> Bool {
        let usual = [earlier, current].compactMap { $0 }.min()
        return usual.map { took > $0 * 4 && took > .milliseconds(250) } ?? false
    }
}
