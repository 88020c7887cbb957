import Payouts

/// An estimate of a run's remaining time, from the rows settled so far.
struct RemainingTime {
    private var first: (settled: Int, at: Duration)?
    private(set) var left: Duration?

    mutating func take(_ statement: BatchStatement, at uptime: Duration) {
        let waiting = statement[.queued].rows + statement[.sending].rows
        let settled = statement.file.rows - waiting
        guard let first else {
            self.first = (settled, uptime)
            return
        }
        let seconds = (uptime - first.at) / .seconds(1)
        // Wait three seconds: an earlier estimate would jump.
        guard seconds >= 3, settled > first.settled, waiting > 0 else {
            if waiting == 0 { left = nil }
            return
        }
        left = .seconds((Double(waiting) * seconds / Double(settled - first.settled)).rounded(.up))
    }
}
