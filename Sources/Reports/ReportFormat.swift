/// The forms in which a report is written. Raw values are those of `--format` and the files' extensions.
package enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    case xlsx
    case csv
    case json
}
