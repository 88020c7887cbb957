import Foundation
import GRDB
import PaymentValues

extension Ledger {
    /// Writes everything that the ledger knows about a batch as one JSON document. It has every table's columns under
    /// their own names. Times are ISO 8601 in UTC, and cards are masked. Encrypted cards and their fingerprints are
    /// left out.
    ///
    /// - Parameter line: gets the document line by line, because a batch may have a million rows.
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

    private static let hidden: Set<String> = ["sealedCard", "cardFingerprint"]
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
                case .string(let text) where column == "detail":
                    try JSONDecoder().decode(Field.self, from: Data(maskingTrueCardNumbers(in: text).utf8))
                case .string(let text): .text(maskingTrueCardNumbers(in: text))
                case .double, .blob: nil
                }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self)
    }

    private enum Field: Codable {
        case null
        case flag(Bool)
        case number(Int64)
        case text(String)
        case object([String: Field])

        /// Reads the detail of an event.
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let fields = container.value([String: Field].self) {
                self = .object(fields)
            } else if let flag = container.value(Bool.self) {
                self = .flag(flag)
            } else if let number = container.value(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .flag(let flag): try container.encode(flag)
            case .object(let fields): try container.encode(fields)
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }
}

extension SingleValueDecodingContainer {
    /// Returns the value, or `nil` if it has another type.
    fileprivate func value<T: Decodable>(_ type: T.Type) -> T? {
        do {
            return try decode(type)
        } catch {
            return nil
        }
    }
}
