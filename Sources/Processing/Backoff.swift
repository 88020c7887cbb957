/// The backoff before a row whose send had no effect is sent again. It uses full jitter, so that the slots of a run do
/// not return all at once.
package struct Backoff: Sendable {
    /// The upper limit of the first pause. It doubles with each further pause.
    package var base: Duration = .milliseconds(500)
    package var longest: Duration = .seconds(30)
    /// The number of sends without effect after which the batch pauses.
    package var tries = 6
    /// The longest pause that the bank may ask for. If it asks for more, the batch pauses.
    package var longestAskedSeconds = 120

    package init() {}

    /// Returns the pause before a resend, or `nil` if the batch must pause. Resends are counted from 1.
    func pause(before resend: Int, atLeastSeconds: Int?, random: RandomSource) -> Duration? {
        guard resend < tries, atLeastSeconds ?? 0 <= longestAskedSeconds else { return nil }
        let ceiling = min(longest / .seconds(1), base / .seconds(1) * Double(1 << min(resend - 1, 20)))
        return .seconds(Double(max(atLeastSeconds ?? 0, 0)) + random.below(ceiling))
    }
}
