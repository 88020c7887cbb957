/// How long to wait before a payout that had no effect is sent again: full jitter, so that the slots of a run do not
/// come back all at once.
package struct Backoff: Sendable {
    /// The longest first pause; each further one may be twice as long.
    package var base: Duration = .milliseconds(500)
    package var longest: Duration = .seconds(30)
    /// How many sends without effect a row may have before the batch pauses.
    package var tries = 6
    /// A bank that asks for a longer pause than this is left alone: the batch pauses.
    package var longestAskedSeconds = 120

    package init() {}

    /// The pause before the given resend, counted from 1, or `nil` where the batch should pause instead.
    func pause(before resend: Int, atLeastSeconds: Int?, random: RandomSource) -> Duration? {
        guard resend < tries, atLeastSeconds ?? 0 <= longestAskedSeconds else { return nil }
        let ceiling = min(longest / .seconds(1), base / .seconds(1) * Double(1 << min(resend - 1, 20)))
        return .seconds(Double(max(atLeastSeconds ?? 0, 0)) + random.below(ceiling))
    }
}
