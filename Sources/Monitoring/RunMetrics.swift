package import Bookkeeping
package import Foundation
import PaymentValues
package import Payouts
import Synchronization

/// Writes a run's metrics to a file in Prometheus' text format. Prometheus' node exporter reads the file.
package final class RunMetrics: Sendable {
    private static let help = [
        "payout_rows": "Rows of a batch by their state.",
        "payout_tiyin": "Tiyin of a batch by the state of its rows.",
        "payout_oldest_unknown_age_seconds":
            "Seconds since the row that has been unknown for longest was last sent.",
        "payout_requests_total": "Requests to the bank in this run, by their class and what came of them.",
        "payout_request_duration_seconds": "How long the bank took to answer.",
        "payout_requests_in_flight": "Requests that wait for an answer.",
        "payout_pauses_total": "How often this run paused a batch, by the reason.",
        "payout_last_run_timestamp_seconds": "When a run last ended.",
        "payout_last_run_exit_code": "How a run last ended.",
    ]

    private let path: String?
    private let metrics: Mutex<PrometheusMetrics>

    /// Starts empty.
    /// - Parameter path: the file for the metrics, if there is one.
    package init(path: String?) {
        self.path = path
        var metrics = PrometheusMetrics(help: Self.help)
        metrics.set(Self.inFlight, to: 0)
        self.metrics = Mutex(metrics)
    }

    /// The metrics in Prometheus' text format.
    package var text: String { metrics.withLock(\.text) }

    private static let inFlight = PrometheusMetrics.Series("payout_requests_in_flight")

    func requestBegan() {
        metrics.withLock { $0.add(1, to: Self.inFlight) }
    }

    func requestEnded(_ class: String, outcome: String, took: Duration) {
        metrics.withLock { metrics in
            metrics.add(-1, to: Self.inFlight)
            metrics.count(.init("payout_requests_total", ["class": `class`, "outcome": outcome]))
            metrics.record(
                .init("payout_request_duration_seconds", ["class": `class`]), seconds: took / .seconds(1))
        }
    }

    /// Observes the batches that were imported since a time.
    ///
    /// - Parameter current: a batch to observe in any case.
    package func observe(
        _ ledger: Ledger, since: Date, and current: BatchReference? = nil, at now: Date
    ) throws {
        for batch in try ledger.batches() where batch.importedAt > since || batch.reference == current {
            try observe(batch, in: ledger, at: now)
        }
    }

    package func observe(_ batch: BatchRecord, in ledger: Ledger, at now: Date) throws {
        let name = batch.reference.name
        for (state, totals) in try ledger.statement(of: batch.id).parts {
            let labels: KeyValuePairs = ["batch": name, "state": state.rawValue]
            set("payout_rows", labels, to: Double(totals.rows))
            set("payout_tiyin", labels, to: Double(totals.sum.count))
        }
        let oldest = try ledger.oldestUnknown(in: batch.id).map { now.timeIntervalSince($0) } ?? 0
        set("payout_oldest_unknown_age_seconds", ["batch": name], to: max(oldest, 0))
    }

    package func end(pause: Reason?, exitCode: Int32, at now: Date) {
        if let pause {
            metrics.withLock { $0.count(.init("payout_pauses_total", ["reason": pause.code.rawValue])) }
        }
        set("payout_last_run_timestamp_seconds", to: now.timeIntervalSince1970.rounded(.towardZero))
        set("payout_last_run_exit_code", to: Double(exitCode))
    }

    /// Replaces the whole file. A run continues even if its metrics cannot be written.
    ///
    /// - Returns: the error, if there was one.
    package func write() -> String? {
        guard let path else { return nil }
        guard Self.mayReplace(path) else {
            return "\(path) is not a file of metrics and was left as it is: name another file for the metrics"
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            // The collector has its own account. The metrics have totals, but no payouts.
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            return nil
        } catch {
            return "the metrics cannot be written to \(path)"
        }
    }

    /// Whether a file has metrics, or nothing. A slip in a setting must not destroy the ledger or its key.
    private static func mayReplace(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return true }
        guard status.st_mode & S_IFMT == S_IFREG else { return false }
        if status.st_size == 0 { return true }
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let mark = Data("# HELP payout_".utf8)
        do {
            return try file.read(upToCount: mark.count) == mark
        } catch {
            return false
        }
    }

    private func set(_ name: String, _ labels: KeyValuePairs<String, String> = [:], to value: Double) {
        metrics.withLock { $0.set(.init(name, labels), to: value) }
    }
}
