import Foundation
import GRDB
import PaymentValues

extension Ledger {
    /// All that is on record about a batch, as one JSON document: every table's columns under their own names, times as
    /// ISO 8601 in UTC, cards masked. Sealed cards and their fingerprints stay where they are, and what another column says is
    /// said once.
    ///
    /// - Parameter line: gets the document line by line, for a batch may have a million rows.
    package func export(_ batch: BatchID, line: (String) throws -> Void) throws {
        do {
            try pool.read { db in
                try line("{")
                for (place, part) in Self.parts.enumerated() {
                    try line("\"\(part.name)\": [")
                    let rows = try Row.fetchCursor(db, sql: part.query, arguments: [batch.number])
                    var before: String?
                    while let row = try rows.next() {
                        if let before { try line(before + ",") }
                        before = try Self.document(of: row)
                    }
                    if let before { try line(before) }
                    try line(place == Self.parts.count - 1 ? "]" : "],")
                }
                try line("}")
            }
        } catch let error as DatabaseError {
            throw readingError(error)
        }
    }

    private static let parts: [(name: String, query: String)] = [
        ("batch", "SELECT * FROM batch WHERE id = ?"),
        ("warnings", "SELECT kind, count FROM warning WHERE batchID = ? ORDER BY kind"),
        ("approvals", "SELECT * FROM approval WHERE batchID = ? ORDER BY id"),
        ("payouts", "SELECT * FROM payout WHERE batchID = ? ORDER BY row"),
        ("corrections", "SELECT * FROM correction WHERE batchID = ? ORDER BY id"),
        ("attempts", "SELECT * FROM attempt WHERE batchID = ? ORDER BY row, number"),
        ("events", "SELECT * FROM event WHERE batchID = ? ORDER BY id"),
    ]

    /// What is sealed, and `isRefused`, which the verdict says.
    private static let hidden: Set<String> = ["sealedCard", "cardFingerprint", "isRefused"]
    private static let times: Set<String> = [
        "at", "importedAt", "changedAt", "lastSentAt", "quietSince", "lastAskedAt",
    ]

    private static func document(of row: Row) throws -> String {
        var fields: [String: Field] = [:]
        for (column, value) in row where !hidden.contains(column) {
            fields[column] =
                switch value.storage {
                case .null: .null
                case .int64(let number) where times.contains(column):
                    .text(Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(Date(milliseconds: number)))
                case .int64(let number): .number(number)
                case .string(let text): .text(maskingTrueCardNumbers(in: text))
                case .double, .blob: nil
                }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self)
    }

    private enum Field: Encodable {
        case null
        case number(Int64)
        case text(String)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }
}
