import Bookkeeping
import Foundation
package import PaymentValues
package import PayoutFiles
package import Payouts

/// The changes that a table of corrections makes to the refused rows of a batch.
package struct CorrectionPlan: Sendable {
    package let byRow: [Int: Correction]
    /// Warnings about the corrections.
    package let log: FindingLog
    private let rows: [Int: StatementRow]

    static let none = CorrectionPlan()

    private init() {
        (byRow, log, rows) = ([:], FindingLog(), [:])
    }

    /// Compares the table with the rows and keeps only the differences.
    ///
    /// - Parameters:
    ///   - table: the table. It must have no errors.
    ///   - since: the start of the period in which batches are searched for the same payments.
    /// - Throws: ``CorrectionError`` if the table changes a row that may not be changed. Then nothing is changed.
    init(from table: CorrectionFile, of batch: BatchRecord, in ledger: Ledger, since: Date) throws {
        let named = Set(table.entries.map(\.row))
        rows = try ledger.report(on: batch.id) { snapshot in
            var rows: [Int: StatementRow] = [:]
            try snapshot.forEachRow { if named.contains($0.row) { rows[$0.row] = $0 } }
            return rows
        }
        var byRow: [Int: Correction] = [:]
        for entry in table.entries {
            guard let row = rows[entry.row] else {
                throw CorrectionError.noSuchRow(entry.row, of: batch.reference)
            }
            byRow[entry.row] = try Self.change(by: entry, of: row)
        }
        self.byRow = byRow
        var log = table.log
        log.add(try Self.duplicates(of: byRow, rows: rows, batch: batch, in: ledger, since: since))
        self.log = log
    }

    /// The changes in row order, each with the current row.
    package var changes: [(row: StatementRow, correction: Correction)] {
        byRow.sorted { $0.key < $1.key }.compactMap { number, correction in
            rows[number].map { ($0, correction) }
        }
    }

    /// The amount by which the corrections change the batch total.
    package var difference: Tiyin {
        get throws(Tiyin.Overflow) {
            var difference = Tiyin.zero
            for (row, correction) in changes {
                if let amount = correction.amount {
                    difference = try difference.adding(Tiyin(amount.count - row.amount.count))
                }
            }
            return difference
        }
    }

    /// Returns the changes of one entry, or `nil` if it changes nothing.
    private static func change(
        by entry: CorrectionFile.Entry, of row: StatementRow
    ) throws(CorrectionError) -> Correction? {
        if let masked = entry.maskedCard, masked != row.maskedCard {
            throw .otherCard(row: row.row, is: row.maskedCard, inTable: masked)
        }
        var change = entry.correction
        if change.account == row.account { change.account = nil }
        if change.bankCode == row.bankCode { change.bankCode = nil }
        if change.amount == row.amount { change.amount = nil }
        if change.isEmpty { return nil }
        guard row.state == .refused else { throw .notRefused(row: row.row, row.state) }
        return change
    }

    /// Searches other rows for the new card with the same amount.
    private static func duplicates(
        of byRow: [Int: Correction], rows: [Int: StatementRow], batch: BatchRecord, in ledger: Ledger, since: Date
    ) throws -> FindingLog {
        let payouts = byRow.sorted { $0.key < $1.key }.compactMap { number, change -> Payout? in
            guard let row = rows[number], let card = change.card, let expiry = change.expiry else { return nil }
            return Payout(
                row: number, account: change.account ?? row.account, bankCode: change.bankCode ?? row.bankCode,
                card: card, expiry: expiry, amount: change.amount ?? row.amount, name: nil, rowKey: nil)
        }
        var log = FindingLog()
        for duplicate in try ledger.duplicates(of: payouts, importedSince: since) {
            // Skip a row's match with itself: the row keeps its card.
            if duplicate.batch == batch.reference, duplicate.otherRow == duplicate.row { continue }
            log.add(
                Finding(.paidBefore(batch: duplicate.batch, row: duplicate.otherRow), row: duplicate.row, column: .pan))
        }
        return log
    }

    /// Checks that the table corrects only rows of the rerun.
    ///
    /// - Parameter wanted: the rows to send again.
    /// - Throws: ``CorrectionError/notWanted(row:)`` if the table corrects another row.
    func demandOnly(_ wanted: [Int]) throws(CorrectionError) {
        guard let other = Set(byRow.keys).subtracting(wanted).min() else { return }
        throw .notWanted(row: other)
    }
}

/// The reason why a correction cannot be made. Nothing was changed.
package enum CorrectionError: Error, Hashable {
    case noSuchRow(Int, of: BatchReference)
    /// The row has another card: the table may belong to another batch.
    case otherCard(row: Int, is: String, inTable: String)
    case notRefused(row: Int, PayoutState)
    /// The row is not among the rows to send again.
    case notWanted(row: Int)
    /// The total of the batch with its corrections is too large to add up.
    case sumTooLarge
}
