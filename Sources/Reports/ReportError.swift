/// Why a report could not be written. The payouts are in the ledger all the same.
package enum ReportError: Error, Hashable {
    case folderNotWritable(path: String, reason: String)
    case notWritten(path: String, reason: String)
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .folderNotWritable(let path, let reason):
            "the folder for reports, \(path), cannot be written (\(reason)): mend that, or name another with PAYOUT_OUTPUT"
        case .notWritten(let path, let reason):
            "the report \(path) could not be written (\(reason)). Nothing is lost: mend the cause and use payout report"
        }
    }
}
