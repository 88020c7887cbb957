import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// What a table of corrections changes about the refused rows of a batch.
package struct CorrectionPlan: Sendable {
    package let byRow: [Int: Correction]
    /// What is to be said against them: warnings.
    package let log: FindingLog
    private let rows: [Int: StatementRow]

    static let none = CorrectionPlan()

    private init() {
        (byRow, log, rows) = ([:], FindingLog(), [:])
    }

    /// Leaves out what the rows say already.
    ///
    /// - Parameters:
    ///   - table: without errors.
    ///   - since: from when on other batches are searched for the same payments.
    /// - Throws: ``CorrectionError`` where it changes rows that may not be changed. Nothing is changed then.
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

    /// The changes in the order of their rows, each with the row as it is now.
    package var changes: [(row: StatementRow, correction: Correction)] {
        byRow.sorted { $0.key < $1.key }.compactMap { number, correction in
            rows[number].map { ($0, correction) }
        }
    }

    /// By how much the corrections change what the batch comes to.
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

    /// What is new in an entry; `nil` where nothing is.
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

    /// Finds out whether a new card is paid the same amount in another row.
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
            // The row itself, with the card that it has.
            if duplicate.batch == batch.reference, duplicate.otherRow == duplicate.row { continue }
            log.add(
                Finding(.paidBefore(batch: duplicate.batch, row: duplicate.otherRow), row: duplicate.row, column: .pan))
        }
        return log
    }

    /// - Parameter wanted: the rows that are to be run again.
    /// - Throws: ``CorrectionError/notWanted(row:)`` where others are corrected.
    func demandOnly(_ wanted: [Int]) throws(CorrectionError) {
        guard let other = Set(byRow.keys).subtracting(wanted).min() else { return }
        throw .notWanted(row: other)
    }
}

/// Why a correction cannot be made. Nothing was changed.
package enum CorrectionError: Error, Hashable {
    case noSuchRow(Int, of: BatchReference)
    /// The table is perhaps of another batch.
    case otherCard(row: Int, is: String, inTable: String)
    case notRefused(row: Int, PayoutState)
    /// The row is not among those that are to be run again.
    case notWanted(row: Int)
}
