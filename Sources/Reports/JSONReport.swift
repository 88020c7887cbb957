import Foundation
import PaymentValues
import Payouts

/// The report for programs: the summary and every row, with English keys and amounts in tiyin.
struct JSONReport {
    private let report: Report

    init(_ report: Report) {
        self.report = report
    }

    private struct RowDocument: Encodable {
        let row: Int
        let attempt: Int
        let id: String?
        let name: String?
        let card: String
        let account: String
        let mfo: String
        let amountTiyin: Int64
        let state: String
        let reason: String?
        let bankText: String?
        let bmId: Int64?
        let commission: String?
        let commissionAmountTiyin: Int64?
        let senderExtId: String?
        let recipientExtId: String?
        let agentTranId: String
        let sends: Int
        let changedAt: Date
        let onStatement: String?
    }

    /// The changes that people made to the file, and the approver.
    private struct ChangesDocument: Encodable {
        let correctedRows: Int
        let correctedTiyin: Int64
        let approvedBy: String?

        init(_ statement: BatchStatement) {
            correctedRows = statement.corrections.rows
            correctedTiyin = statement.corrections.change.count
            approvedBy =
                if case .given(let by) = statement.approval { by.joined(separator: ", ") } else { nil }
        }
    }

    private struct EventDocument: Encodable {
        let at: Date
        let who: String
        let row: Int?
        let state: String?
        let kind: String
        let detail: EventDetail?

        init(_ event: RecordedEvent) {
            at = event.at
            who = event.who
            row = event.row
            state = event.row == nil ? nil : event.to?.rawValue
            kind = event.why.kind.rawValue
            detail = EventDetail(event.why)
        }
    }

    func write(
        _ statement: BatchStatement, history: [RecordedEvent], rows: ((StatementRow) throws -> Void) throws -> Void,
        attempts: ((StatementRow) throws -> Void) throws -> Void, to path: String
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .iso8601
        let file = try BufferedFile(path: path)
        let summary = try encoder.encode(SummaryDocument(statement, report: nil))
        let changes = try encoder.encode(ChangesDocument(statement))
        try file.write(
            "{\"summary\":\(String(decoding: summary, as: UTF8.self)),\"changes\":\(String(decoding: changes, as: UTF8.self)),"
                + "\"rows\":[")
        var separator = "\n"
        try rows { row in
            try file.write(separator + String(decoding: encoder.encode(Self.document(of: row)), as: UTF8.self))
            separator = ",\n"
        }
        // Write every attempt at the rows that were tried more than once.
        try file.write("\n],\"attempts\":[")
        separator = "\n"
        try attempts { attempt in
            try file.write(separator + String(decoding: encoder.encode(Self.document(of: attempt)), as: UTF8.self))
            separator = ",\n"
        }
        // Write the events of the whole batch, and people's actions on single rows.
        try file.write("\n],\"history\":[")
        separator = "\n"
        for event in history {
            try file.write(separator + String(decoding: encoder.encode(EventDocument(event)), as: UTF8.self))
            separator = ",\n"
        }
        try file.write("\n]}\n")
        try file.close()
    }

    private static func document(of row: StatementRow) -> RowDocument {
        RowDocument(
            row: row.row, attempt: row.attempt, id: row.rowKey, name: row.name, card: row.maskedCard,
            account: row.account.digits,
            mfo: row.bankCode.digits, amountTiyin: row.amount.count, state: row.state.rawValue,
            reason: row.reason?.code.rawValue, bankText: row.reason?.bankText, bmId: row.receipt?.bmID,
            commission: row.receipt?.commission,
            commissionAmountTiyin: row.receipt?.commissionAmount?.count, senderExtId: row.receipt?.senderExtID,
            recipientExtId: row.receipt?.recipientExtID, agentTranId: row.id.description, sends: row.sends,
            changedAt: row.changedAt, onStatement: row.onStatement)
    }
}
