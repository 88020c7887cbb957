/// The formats of a report. The raw values are those of `--format`, and the file extensions.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    case xlsx
    case csv
    case json
}
