/// The metrics of a run in Prometheus' text format. They are pushed as text, because a run ends before a server could
/// collect them.
struct PrometheusMetrics {
    /// One line of the text: a name and its labels.
    struct Series: Hashable, Comparable {
        let name: String
        let labels: String

        init(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) {
            self.name = name
            self.labels = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
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

    /// A histogram of times in seconds.
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

    private var values: [Series: Value] = [:]
    private let help: [String: String]

    /// Starts empty.
    /// - Parameter help: one sentence about each name.
    init(help: [String: String]) {
        self.help = help
    }

    /// Adds one to a counter.
    mutating func count(_ series: Series) {
        let before = if case .counter(let count) = values[series] { count } else { Int64.zero }
        values[series] = .counter(before + 1)
    }

    /// Sets a gauge.
    mutating func set(_ series: Series, to value: Double) {
        values[series] = .gauge(value)
    }

    /// Adds to a gauge that starts at zero.
    mutating func add(_ amount: Double, to series: Series) {
        let before = if case .gauge(let value) = values[series] { value } else { 0.0 }
        values[series] = .gauge(before + amount)
    }

    /// Adds a time to a histogram.
    mutating func record(_ series: Series, seconds: Double) {
        var histogram = if case .histogram(let histogram) = values[series] { histogram } else { Histogram() }
        histogram.add(seconds)
        values[series] = .histogram(histogram)
    }
}

extension PrometheusMetrics {
    /// The text of all metrics, ordered by name.
    var text: String {
        var lines: [String] = []
        var told: String?
        for (series, value) in values.sorted(by: { $0.key < $1.key }) {
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
        case .gauge(let value): return [line("", "", Int64(exactly: value).map(String.init) ?? "\(value)")]
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
