package import Bookkeeping
package import Logging
package import Processing
import Synchronization

/// Writes the metrics of a batch at intervals, until the run ends.
package final class MetricsTicker: Sendable {
    private let isOver = Mutex(false)
    private let ticker = Mutex<Task<Void, Never>?>(nil)

    package init(_ metrics: RunMetrics, of batch: BatchRecord, in ledger: Ledger, time: TimeSource, logger: Logger) {
        let task = Task {
            do {
                while true {
                    try isOver.withLock { isOver in
                        // The end of the run writes the final metrics. A late tick must not overwrite them.
                        guard !isOver else { throw CancellationError() }
                        try metrics.observe(batch, in: ledger, at: time.now())
                        if let trouble = metrics.write() { logger.warning("\(trouble)") }
                    }
                    try await time.sleep(.seconds(10))
                }
            } catch {
                // The run has ended.
            }
        }
        ticker.withLock { $0 = task }
    }

    package func end() {
        isOver.withLock { $0 = true }
        ticker.withLock { $0?.cancel() }
    }
}
