import Bookkeeping
package import Foundation
import PayoutFiles
import Payouts
import Processing

/// Searches other batches for payments of the same amount to the same card, a group of rows at a time.
struct DuplicateSearch {
    private static let rowsAtATime = 500

    let ledger: Ledger
    let since: Date
    private var waiting: [Int: ReadRow] = [:]
    private var log = FindingLog()

    init(ledger: Ledger, since: Date) {
        self.ledger = ledger
        self.since = since
    }

    mutating func take(_ row: ReadRow) throws {
        guard row.payout != nil else { return }
        waiting[row.row] = row
        if waiting.count == Self.rowsAtATime { try lookUp() }
    }

    mutating func finish() throws -> FindingLog {
        try lookUp()
        return log
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
