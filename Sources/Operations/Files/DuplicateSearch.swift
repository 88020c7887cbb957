import Bookkeeping
package import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// Searches other batches for payments of the same amount to the same card, some rows at a time, and for the same keys of
/// rows with other cards.
struct DuplicateSearch {
    private static let rowsAtATime = 500

    let ledger: Ledger
    let since: Date
    private var waiting: [Int: ReadRow] = [:]
    private var log = FindingLog()
    private var keys = KeyRows()
    /// By row with a key, a hash of its card.
    private var cards: [Int: Int] = [:]

    init(ledger: Ledger, since: Date) {
        self.ledger = ledger
        self.since = since
    }

    mutating func take(_ row: ReadRow) throws {
        guard let payout = row.payout else { return }
        if let key = payout.rowKey, keys.firstRow(with: key, now: row.row) == nil {
            cards[row.row] = payout.card.masked.hashValue
        }
        waiting[row.row] = row
        if waiting.count == Self.rowsAtATime { try lookUp() }
    }

    mutating func finish() throws -> FindingLog {
        try lookUp()
        try lookUpKeys()
        return log
    }

    /// The same people have the same keys next month. So only a key that now has another card is told.
    private mutating func lookUpKeys() throws {
        guard !cards.isEmpty else { return }
        var found: [Int: Finding] = [:]
        try ledger.forEachKey(importedSince: since) { key, other in
            guard let row = keys.row(with: key), found[row] == nil, cards[row] != other.maskedCard.hashValue else {
                return
            }
            found[row] = Finding(.keyUsedBefore(batch: other.batch, row: other.row), row: row, column: .id, value: key)
        }
        for (_, finding) in found.sorted(by: { $0.key < $1.key }) { log.add(finding) }
    }

    private mutating func lookUp() throws {
        let payouts = waiting.values.compactMap(\.payout).sorted { $0.row < $1.row }
        for duplicate in try ledger.duplicates(of: payouts, importedSince: since) {
            guard let row = waiting[duplicate.row] else { continue }
            log.add(row.findingOfCard(.paidBefore(batch: duplicate.batch, row: duplicate.otherRow)))
        }
        waiting.removeAll(keepingCapacity: true)
    }
}

extension OperationContext {
    /// The start of the period in which batches are searched for duplicate payments.
    var duplicateWindow: Date { Self.duplicateWindow(at: time.now()) }

    package static func duplicateWindow(at now: Date) -> Date { now.addingTimeInterval(-40 * 86_400) }
}
