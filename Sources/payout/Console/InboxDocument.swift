import Operations
import Payouts
import Reports

/// The output of `payout inbox`: a line or a JSON object for each file.
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

    init(_ round: InboxRound, _ console: Console, nameOfBank: (String?) -> String) throws {
        files = try round.entries.map { try File($0, console, nameOfBank) }
        ledgerPutRight = LedgerNotices.shared.document
    }

    /// The worst status of all files.
    var status: ExitStatus { files.compactMap { ExitStatus(rawValue: $0.status) }.max() ?? .everyRowPaid }

    var text: String {
        files.isEmpty
            ? "the inbox is empty"
            : files.map { file in
                let result = file.result == "goneOn" ? "continued" : file.result
                // Keep it on one line: the text of one file must not look like two files.
                return ("\(file.file): \(result): \(file.remark)" + (file.report.map { " → \($0)" } ?? "")).onOneLine
            }.joined(separator: "\n")
    }
}

extension InboxDocument.File {
    fileprivate init(_ entry: InboxRound.Entry, _ console: Console, _ nameOfBank: (String?) -> String) throws {
        file = entry.file
        result = entry.result.rawValue
        batch = entry.statement?.reference.name
        bank = entry.statement?.bank
        path = entry.path
        report = entry.report
        switch entry.end {
        case .notTaken(let left):
            let status = left.isOverdue ? ExitStatus.invalidFile : .everyRowPaid
            (self.status, remark) = (status.rawValue, left.why.text + (left.isOverdue ? left.why.advice : ""))
        case .notReached:
            (status, remark) = (ExitStatus.everyRowPaid.rawValue, "the round stopped before it came to this file")
        case .rejected(let reason):
            (status, remark) = (ExitStatus.invalidFile.rawValue, reason.text(console, nameOfBank))
        case .ran(let outcome):
            (status, remark) = (
                ExitStatus(outcome).rawValue, try entry.statement.map { try Self.text(of: $0, nameOfBank) } ?? ""
            )
        case .stopped(let error): (status, remark) = (ExitStatus(error).rawValue, console.text(of: error))
        }
    }

    private static func text(of statement: BatchStatement, _ nameOfBank: (String?) -> String) throws -> String {
        let parts = try statement.parts.filter { $0.totals.rows > 0 }
            .map { "\($0.totals.rows) \(StatementText.names[$0.state] ?? $0.state.rawValue)" }
        let pause = statement.pause.map { ", paused: \($0.code)" } ?? ""
        let bank = statement.bank.map { ", bank: \(nameOfBank($0))" } ?? ""
        return parts.joined(separator: ", ") + pause + bank
    }
}

extension InboxFolder.Left.Why {
    fileprivate var text: String {
        switch self {
        case .notRegular: "it is not a regular file"
        case .folder: "it is a folder, and payout takes files only"
        case .inOurPlace: "it had the name of one of payout's folders, and payout renamed it"
        case .unfinished: "its name is that of an unfinished file"
        case .hidden: "its name begins with a dot"
        case .changedAMomentAgo: "it was changed a moment ago; the next round takes it"
        case .beingWritten: "another program has it open for writing; a later round takes it"
        case .cannotBeTaken(let reason): "it cannot be moved (\(reason))"
        }
    }

    /// The advice for a file that was left for too long.
    fileprivate var advice: String {
        switch self {
        case .notRegular, .inOurPlace: ". Remove it"
        case .folder: ". Drop its files, and remove it"
        case .unfinished, .hidden: ". It lies here for over an hour: rename it if it is complete, or remove it"
        case .changedAMomentAgo: ""
        case .beingWritten: ". This goes on for over an hour: end that program, or remove the file"
        case .cannotBeTaken: ". Check the permissions of the folder"
        }
    }
}

extension Inbox.Rejection.Reason {
    func text(_ console: Console, _ nameOfBank: (String?) -> String) -> String {
        switch self {
        case .findings(let errors, let warnings):
            let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
                .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
            return "it has \(counts): nothing was stored or sent"
        case .importedAlready(let batch, let bank):
            let name = bank == nil ? "" : " (bank: \(nameOfBank(bank)))"
            return "this file was imported already, as “\(batch)”\(name): it is not paid again"
        case .nameTaken(let batch):
            return "another file was imported as “\(batch)”: rename this file and drop it again"
        case .nameIsNotText:
            return "its name is not in UTF-8, the encoding of this machine: rename the file and drop it again"
        case .changedAfterwards:
            return
                "the file was changed after payout had copied it, and only the copy was handled. This is the later form. Compare "
                + "it with the report in done/ before you pay anything more, and drop only what is missing, under another name"
        case .error(.badName(let error)): return "\(error.reason). Rename the file and drop it again"
        case .error(let error): return console.text(of: error)
        }
    }
}
