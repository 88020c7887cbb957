import Reports

/// What became of each file in one round of the inbox.
struct InboxRound: Encodable {
    private(set) var files: [Entry] = []
    /// What the ledger had forgotten, and its send journal knew.
    var ledgerPutRight: SummaryDocument.PutRight?

    struct Entry: Encodable {
        enum Result: String, Encodable {
            case done
            case rejected
            /// Taken, and gone on with in the next round.
            case waiting
            /// Not taken.
            case left
            /// Done in an earlier round, but for rows that were unknown or that people queued again.
            case goneOn
        }

        let file: String
        let result: Result
        let status: Int32
        let batch: String?
        /// As the ledger keeps it.
        let bank: String?
        /// What there is to know, in a sentence.
        let remark: String
        /// Where the file lies now.
        let path: String?
        let report: String?
    }

    mutating func add(
        _ file: String, _ result: Entry.Result, _ status: ExitStatus, batch: String? = nil, bank: String? = nil,
        _ remark: String, path: String? = nil, report: String? = nil
    ) {
        files.append(
            Entry(
                file: file, result: result, status: status.rawValue, batch: batch, bank: bank, remark: remark,
                path: path, report: report))
    }

    /// The worst of all.
    var status: ExitStatus { files.compactMap { ExitStatus(rawValue: $0.status) }.max() ?? .everyRowPaid }

    var text: String {
        files.isEmpty
            ? "the inbox is empty"
            : files.map { file in
                let result = file.result == .goneOn ? "gone on with" : file.result.rawValue
                return "\(file.file): \(result): \(file.remark)" + (file.report.map { " → \($0)" } ?? "")
            }.joined(separator: "\n")
    }
}
