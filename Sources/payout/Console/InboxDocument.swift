import Operations
import Payouts
import Reports

/// The JSON of `payout inbox`: an object for each file. Its remarks are in English.
struct InboxDocument: Encodable {
    let files: [File]
    /// The sends that the ledger had lost and the send journal had.
    let ledgerPutRight: SummaryDocument.PutRight?

    struct File: Encodable {
        let file: String
        let result: String
        let status: Int32
        let batch: String?
        /// The bank as the ledger stores it.
        let bank: String?
        /// The result in one sentence.
        let remark: String
        let path: String?
        let report: String?
    }

    init(_ round: InboxRound, _ text: InboxText) throws {
        files = try round.entries.map { try File($0, text) }
        ledgerPutRight = LedgerNotices.shared.document
    }

    /// The worst status of all files.
    var status: ExitStatus { files.compactMap { ExitStatus(rawValue: $0.status) }.max() ?? .everyRowPaid }
}

extension InboxDocument.File {
    fileprivate init(_ entry: InboxRound.Entry, _ text: InboxText) throws {
        file = entry.file
        result = entry.result.rawValue
        batch = entry.statement?.reference.name
        bank = entry.statement?.bank
        path = entry.path
        report = entry.report
        remark = try text.remark(on: entry)
        status = Self.status(of: entry.end).rawValue
    }

    private static func status(of end: InboxRound.Entry.End) -> ExitStatus {
        switch end {
        case .notTaken(let left): left.isOverdue ? .invalidFile : .everyRowPaid
        case .notReached: .everyRowPaid
        case .rejected: .invalidFile
        case .ran(let outcome): ExitStatus(outcome)
        case .stopped(let error): ExitStatus(error)
        }
    }
}
