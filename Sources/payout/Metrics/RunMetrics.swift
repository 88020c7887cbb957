import Bookkeeping
import CoreMetrics
import Foundation
import Payouts

/// What can be seen of runs from outside, as a file of Prometheus' text format that its node exporter picks up.
struct RunMetrics: Sendable {
    private static let help = [
        "payout_rows": "Rows of a batch by their state.",
        "payout_tiyin": "Tiyin of a batch by the state of its rows.",
        "payout_oldest_unknown_age_seconds":
            "How long ago the oldest row was last sent of which nobody knows what became.",
        "payout_requests_total": "Requests to the bank in this run, by their class and what came of them.",
        "payout_request_duration_seconds": "How long the bank took to answer.",
        "payout_requests_in_flight": "Requests that wait for an answer.",
        "payout_pauses_total": "How often this run paused a batch, by the reason.",
        "payout_last_run_timestamp_seconds": "When a run last ended.",
        "payout_last_run_exit_code": "How a run last ended.",
    ]

    private let path: String
    private let metrics = PrometheusMetrics(help: Self.help)
    let inFlight: Meter

    init(path: String) {
        self.path = path
        inFlight = Meter(label: "payout_requests_in_flight", factory: metrics)
        inFlight.set(0)
    }

    func request(_ class: String, outcome: String, took: Duration) {
        Counter(
            label: "payout_requests_total", dimensions: [("class", `class`), ("outcome", outcome)], factory: metrics
        ).increment()
        CoreMetrics.Timer(
            label: "payout_request_duration_seconds", dimensions: [("class", `class`)], factory: metrics
        ).recordNanoseconds(Int64(took / .nanoseconds(1)))
    }

    func observe(_ batch: BatchRecord, in ledger: Ledger, at now: Date) throws {
        let name = batch.reference.name
        for (state, totals) in try ledger.statement(of: batch.id).parts {
            let dimensions = [("batch", name), ("state", state.rawValue)]
            gauge("payout_rows", dimensions).set(Int64(totals.rows))
            gauge("payout_tiyin", dimensions).set(totals.sum.count)
        }
        let oldest = try ledger.oldestUnknown(in: batch.id).map { now.timeIntervalSince($0) } ?? 0
        gauge("payout_oldest_unknown_age_seconds", [("batch", name)]).set(max(oldest, 0))
    }

    func end(pause: Reason?, status: ExitStatus, at now: Date) {
        if let pause {
            Counter(label: "payout_pauses_total", dimensions: [("reason", pause.code.rawValue)], factory: metrics)
                .increment()
        }
        gauge("payout_last_run_timestamp_seconds", []).set(Int64(now.timeIntervalSince1970))
        gauge("payout_last_run_exit_code", []).set(Int64(status.rawValue))
    }

    /// Puts the file in its place whole. A run is not ended because nobody can see it.
    ///
    /// - Returns: what went wrong, if anything.
    func write() -> String? {
        do {
            try Data(metrics.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            // The collector has an account of its own. The metrics hold totals and no payout.
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            return nil
        } catch {
            return "the metrics cannot be written to \(path)"
        }
    }

    private func gauge(_ name: String, _ dimensions: [(String, String)]) -> Meter {
        Meter(label: name, dimensions: dimensions, factory: metrics)
    }
}
