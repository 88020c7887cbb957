import CoreMetrics
import Synchronization

/// A backend of swift-metrics that says what it was told in Prometheus' text format. No package for it resolves without a
/// web server of its own beside it, and a run ends long before anybody could ask one.
final class PrometheusMetrics: MetricsFactory, Sendable {
    /// One line of the text: a name and its labels.
    struct Series: Hashable, Comparable, Sendable {
        let name: String
        let labels: String

        init(_ name: String, _ dimensions: [(String, String)]) {
            self.name = name
            labels = dimensions.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        }

        static func < (left: Series, right: Series) -> Bool {
            (left.name, left.labels) < (right.name, right.labels)
        }

        private static func escaped(_ value: String) -> String {
            value.reduce(into: "") { text, character in
                switch character {
                case "\\": text += "\\\\"
                case "\"": text += "\\\""
                case "\n": text += "\\n"
                default: text.append(character)
                }
            }
        }
    }

    private enum Value {
        case counter(Int64)
        case gauge(Double)
        case histogram(Histogram)
    }

    /// Of times in seconds.
    private struct Histogram {
        static let bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

        var counts = [Int](repeating: 0, count: bounds.count)
        var count = 0
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            for (place, bound) in Self.bounds.enumerated() where seconds <= bound { counts[place] += 1 }
            count += 1
            sum += seconds
        }
    }

    private let values = Mutex<[Series: Value]>([:])
    private let help: [String: String]

    /// - Parameter help: what each name means, in a sentence.
    init(help: [String: String]) {
        self.help = help
    }

    fileprivate func count(_ series: Series, _ amount: Int64) {
        values.withLock { values in
            let before = if case .counter(let count) = values[series] { count } else { Int64.zero }
            values[series] = .counter(before + amount)
        }
    }

    fileprivate func set(_ series: Series, _ change: (Double) -> Double) {
        values.withLock { values in
            let before = if case .gauge(let value) = values[series] { value } else { 0.0 }
            values[series] = .gauge(change(before))
        }
    }

    fileprivate func record(_ series: Series, seconds: Double) {
        values.withLock { values in
            var histogram = if case .histogram(let histogram) = values[series] { histogram } else { Histogram() }
            histogram.add(seconds)
            values[series] = .histogram(histogram)
        }
    }

    /// All that is known, by name.
    var text: String {
        let all = values.withLock { $0 }.sorted { $0.key < $1.key }
        var lines: [String] = []
        var told: String?
        for (series, value) in all {
            if told != series.name {
                told = series.name
                lines.append("# HELP \(series.name) \(help[series.name] ?? "")")
                lines.append("# TYPE \(series.name) \(Self.type(of: value))")
            }
            lines += Self.lines(series, value)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func type(of value: Value) -> String {
        switch value {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func lines(_ series: Series, _ value: Value) -> [String] {
        func line(_ suffix: String, _ more: String, _ number: String) -> String {
            let labels = [series.labels, more].filter { !$0.isEmpty }.joined(separator: ",")
            return series.name + suffix + (labels.isEmpty ? "" : "{\(labels)}") + " " + number
        }
        switch value {
        case .counter(let count): return [line("", "", "\(count)")]
        case .gauge(let value): return [line("", "", value == value.rounded() ? "\(Int64(value))" : "\(value)")]
        case .histogram(let histogram):
            let buckets = zip(Histogram.bounds, histogram.counts).map { bound, count in
                line("_bucket", "le=\"\(bound)\"", "\(count)")
            }
            return buckets + [
                line("_bucket", "le=\"+Inf\"", "\(histogram.count)"), line("_sum", "", "\(histogram.sum)"),
                line("_count", "", "\(histogram.count)"),
            ]
        }
    }
}

/// What swift-metrics asks of a backend.
extension PrometheusMetrics {
    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(self, Series(label, dimensions))
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Handler(self, Series(label, dimensions))
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(self, Series(label, dimensions))
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(self, Series(label, dimensions))
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private final class Handler: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
        private let metrics: PrometheusMetrics
        private let series: Series

        init(_ metrics: PrometheusMetrics, _ series: Series) {
            self.metrics = metrics
            self.series = series
        }

        func increment(by amount: Int64) { metrics.count(series, amount) }
        func reset() {}
        func set(_ value: Int64) { metrics.set(series) { _ in Double(value) } }
        func set(_ value: Double) { metrics.set(series) { _ in value } }
        func increment(by amount: Double) { metrics.set(series) { $0 + amount } }
        func decrement(by amount: Double) { metrics.set(series) { $0 - amount } }
        func record(_ value: Int64) { metrics.set(series) { _ in Double(value) } }
        func record(_ value: Double) { metrics.set(series) { _ in value } }
        func recordNanoseconds(_ duration: Int64) { metrics.record(series, seconds: Double(duration) / 1e9) }
    }
}
