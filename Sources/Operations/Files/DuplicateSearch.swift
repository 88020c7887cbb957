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
    /// The same payroll twice within these seconds is a likely mistake. Twice a month is usual.
    private static let fewDays = 10 * 86_400.0

    let ledger: Ledger
    let since: Date
    let now: Date
    private var waiting: [Int: ReadRow] = [:]
    private var found: [BatchReference: Found] = [:]
    private var keys = KeyRows()
    /// By row with a key, a hash of its card.
    private var cards: [Int: Int] = [:]

    /// The rows that repeat a payment of one batch.
    private struct Found {
        let importedAt: Date
        var log = FindingLog()
    }

    init(ledger: Ledger, since: Date, now: Date) {
        self.ledger = ledger
        self.since = since
        self.now = now
    }

    mutating func take(_ row: ReadRow) throws {
        guard let payout = row.payout else { return }
        if let key = payout.rowKey, keys.firstRow(with: key, now: row.row) == nil {
            cards[row.row] = payout.card.masked.hashValue
        }
        waiting[row.row] = row
        if waiting.count == Self.rowsAtATime { try lookUp() }
    }

    /// - Parameters:
    ///   - rows: the number of the file's payouts.
    /// - comparison: the comparison with last time. Repeats of that batch are expected, so nobody is warned about them.
    mutating func finish(rows: Int, comparedWith comparison: Comparison?) throws -> FindingLog {
        try lookUp()
        var log = FindingLog()
        let lastMonth = comparison?.isOfLastMonth == true ? comparison?.batch : nil
        for (batch, found) in found.sorted(by: { $0.key.name < $1.key.name }) where batch != lastMonth {
            let isMost = found.log.warningCount * 2 >= rows && rows > 2
            switch (isMost, found.importedAt > now - Self.fewDays) {
            case (true, true): log.add(Finding(.samePayroll(batch: batch, rows: found.log.warningCount)))
            case (true, false): break
            case (false, _): log.add(found.log)
            }
        }
        log.add(try keysOnOtherCards(than: comparison))
        return log
    }

    /// The same people have the same keys next month. So only a key that now has another card is told, and only if the
    /// comparison does not tell it.
    private func keysOnOtherCards(than comparison: Comparison?) throws -> FindingLog {
        var log = FindingLog()
        guard !cards.isEmpty else { return log }
        var seen = Set(comparison?.changedCards.map(\.now.row) ?? [])
        var found: [Finding] = []
        try ledger.forEachKey(importedSince: since) { key, other in
            // The latest batch with the key comes first. A card that changed before it is old news.
            guard let row = keys.row(with: key), seen.insert(row).inserted, other.batch != comparison?.batch,
                cards[row] != other.maskedCard.hashValue
            else { return }
            found.append(
                Finding(.keyUsedBefore(batch: other.batch, row: other.row), row: row, column: .id, value: key))
        }
        for finding in found.sorted(by: { ($0.row ?? 0) < ($1.row ?? 0) }) { log.add(finding) }
        return log
    }

    private mutating func lookUp() throws {
        let payouts = waiting.values.compactMap(\.payout).sorted { $0.row < $1.row }
        for duplicate in try ledger.duplicates(of: payouts, importedSince: since) {
            guard let row = waiting[duplicate.row] else { continue }
            found[duplicate.batch, default: Found(importedAt: duplicate.importedAt)].log.add(
                row.findingOfCard(.paidBefore(batch: duplicate.batch, row: duplicate.otherRow)))
        }
        waiting.removeAll(keepingCapacity: true)
    }
}

extension OperationContext {
    /// The start of the period in which batches are searched for duplicate payments.
    package static func duplicateWindow(at now: Date) -> Date { now.addingTimeInterval(-40 * 86_400) }

    var duplicateWindow: Date { Self.duplicateWindow(at: time.now()) }
}
