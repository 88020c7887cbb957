/// The reason why a report could not be written. The payouts are safe in the ledger.
package enum ReportError: Error, Hashable {
    case folderNotWritable(path: String, reason: String)
    case notWritten(path: String, reason: String)
    /// A file exists there that payout did not write.
    case inTheWay(path: String)
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .folderNotWritable(let path, let reason):
            "the folder for reports, \(path), cannot be written (\(reason)): fix that, or name another folder with "
                + "PAYOUT_OUTPUT"
        case .inTheWay(let path):
            "\(path) is not a report of payout, or was changed since, and is kept as it is: name another file, or move it away"
        case .notWritten(let path, let reason):
            "the report \(path) could not be written (\(reason)). Nothing is lost: fix the cause and use payout report"
        }
    }
}
