package import PaymentValues
package import Payouts

/// The JSON that `run`, `status` and `report` print with `--json`. Its totals are those of the file with its
/// corrections.
package struct SummaryDocument: Encodable, Sendable {
    let batch: String
    let fileSHA256: String
    let bank: String?
    let rows: Parts<Int>
    let tiyin: Parts<Int64>
    let commissionTiyin: Int64
    let paused: Pause?
    let report: String?
    let ledgerHead: String?
    let ledgerPutRight: PutRight?
    /// The comparison with last time. Without it, the document does not have the key.
    let comparison: ComparisonDocument?

    /// The sends that the ledger had lost and its send journal had.
    package struct PutRight: Encodable, Sendable {
        let rows: Int
        let batches: [Batch]

        struct Batch: Encodable, Sendable {
            let reference: String
            let rows: Int
        }

        /// Makes the entry.
        /// - Parameter rows: the number of rows of each batch.
        package init(_ rows: [BatchReference: Int]) {
            self.rows = rows.values.reduce(0, +)
            batches = rows.map { Batch(reference: $0.key.name, rows: $0.value) }.sorted { $0.reference < $1.reference }
        }
    }

    struct Parts<Number: Encodable & Sendable>: Encodable, Sendable {
        let total, paid, refused, unknown, review, notSent, withdrawn: Number

        init(
            _ statement: BatchStatement, toPay: ControlTotals, unknown: ControlTotals,
            _ number: (ControlTotals) -> Number
        ) {
            total = number(toPay)
            paid = number(statement[.paid])
            refused = number(statement[.refused])
            self.unknown = number(unknown)
            review = number(statement[.review])
            notSent = number(statement.notSent)
            withdrawn = number(statement[.withdrawn])
        }
    }

    struct Pause: Encodable, Sendable {
        let reason: String
    }

    /// Makes the document.
    /// - Throws: `Tiyin.Overflow`. Only a damaged ledger causes it.
    package init(
        _ statement: BatchStatement, report: String?, putRight: PutRight? = nil,
        comparison: ComparisonDocument? = nil
    ) throws(Tiyin.Overflow) {
        let unknown = try statement.unknown
        batch = statement.reference.name
        fileSHA256 = statement.digest.hex
        bank = statement.bank
        let toPay = try statement.toPay
        rows = Parts(statement, toPay: toPay, unknown: unknown, \.rows)
        tiyin = Parts(statement, toPay: toPay, unknown: unknown, \.sum.count)
        commissionTiyin = statement.commission.count
        paused = statement.pause.map { Pause(reason: $0.code.rawValue) }
        self.report = report
        ledgerHead = statement.ledgerHead
        ledgerPutRight = putRight
        self.comparison = comparison
    }

    private enum Key: CodingKey {
        case batch, fileSHA256, bank, rows, tiyin, commissionTiyin, paused, report, ledgerHead, ledgerPutRight,
            comparison
    }

    /// Writes `bank`, `paused`, `report` and the ledger's keys even if they are null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(batch, forKey: .batch)
        try container.encode(fileSHA256, forKey: .fileSHA256)
        try container.encode(bank, forKey: .bank)
        try container.encode(rows, forKey: .rows)
        try container.encode(tiyin, forKey: .tiyin)
        try container.encode(commissionTiyin, forKey: .commissionTiyin)
        try container.encode(paused, forKey: .paused)
        try container.encode(report, forKey: .report)
        try container.encode(ledgerHead, forKey: .ledgerHead)
        try container.encode(ledgerPutRight, forKey: .ledgerPutRight)
        try container.encodeIfPresent(comparison, forKey: .comparison)
    }
}
