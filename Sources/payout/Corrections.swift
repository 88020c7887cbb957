import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts

/// What a table of corrections changes about the refused rows of a batch.
struct Corrections: Sendable {
    let byRow: [Int: Correction]
    /// What is to be said against them: warnings.
    let log: FindingLog
    private let rows: [Int: StatementRow]

    static let none = Corrections()

    private init() {
        (byRow, log, rows) = ([:], FindingLog(), [:])
    }

    /// Leaves out what the rows say already.
    ///
    /// - Parameter table: without errors.
    /// - Throws: ``Failure`` where it changes rows that may not be changed. Nothing is changed then.
    init(from table: CorrectionFile, of batch: BatchRecord, in ledger: Ledger, _ services: Services) throws {
        let named = Set(table.entries.map(\.row))
        rows = try ledger.report(on: batch.id) { snapshot in
            var rows: [Int: StatementRow] = [:]
            try snapshot.forEachRow { if named.contains($0.row) { rows[$0.row] = $0 } }
            return rows
        }
        var byRow: [Int: Correction] = [:]
        for entry in table.entries {
            guard let row = rows[entry.row] else {
                throw Failure(.invalidFile, "batch “\(batch.reference)” has no row \(entry.row): nothing was changed")
            }
            byRow[entry.row] = try Self.change(by: entry, of: row)
        }
        self.byRow = byRow
        var log = table.log
        log.add(try Self.twins(of: byRow, rows: rows, batch: batch, in: ledger, services))
        self.log = log
    }

    subscript(row: Int) -> Correction? { byRow[row] }

    /// What is new in an entry; `nil` where nothing is.
    private static func change(by entry: CorrectionFile.Entry, of row: StatementRow) throws(Failure) -> Correction? {
        if let masked = entry.maskedCard, masked != row.maskedCard {
            throw Failure(
                .invalidFile,
                "row \(row.row) has the card \(row.maskedCard), and the table says \(masked): is it the table of another "
                    + "batch? Nothing was changed")
        }
        var change = entry.correction
        if change.account == row.account { change.account = nil }
        if change.bankCode == row.bankCode { change.bankCode = nil }
        if change.amount == row.amount { change.amount = nil }
        if change.isEmpty { return nil }
        guard row.state == .refused else {
            throw Failure(
                .invalidFile,
                "row \(row.row) is \(row.state.rawValue), and only refused rows can be corrected: nothing was changed")
        }
        return change
    }

    /// Whether a new card is paid the same amount in another row.
    private static func twins(
        of byRow: [Int: Correction], rows: [Int: StatementRow], batch: BatchRecord, in ledger: Ledger,
        _ services: Services
    ) throws -> FindingLog {
        let payouts = byRow.sorted { $0.key < $1.key }.compactMap { number, change -> Payout? in
            guard let row = rows[number], let card = change.card, let expiry = change.expiry else { return nil }
            return Payout(
                row: number, account: change.account ?? row.account, bankCode: change.bankCode ?? row.bankCode,
                card: card, expiry: expiry, amount: change.amount ?? row.amount, name: nil, rowKey: nil)
        }
        var log = FindingLog()
        for twin in try ledger.earlierTwins(of: payouts, importedSince: services.twinsSince) {
            // The row itself, with the card that it has.
            if twin.batch == batch.reference, twin.twinRow == twin.row { continue }
            log.add(Finding(.paidBefore(batch: twin.batch, row: twin.twinRow), row: twin.row, column: .pan))
        }
        return log
    }

    /// - Parameter wanted: the rows that are to be run again.
    /// - Throws: ``Failure`` where others are corrected.
    func demandOnly(_ wanted: [Int]) throws(Failure) {
        guard let other = Set(byRow.keys).subtracting(wanted).min() else { return }
        throw Failure(
            .wrongUse,
            "the table corrects row \(other), which --rows or --code leave out: nothing was changed. Name it, or take it out"
        )
    }

    /// Shows what will be another than before, and what the batch comes to then.
    func tell(on statement: BatchStatement, _ console: Console) throws {
        guard !byRow.isEmpty else { return }
        var change = Tiyin.zero
        for (number, correction) in byRow.sorted(by: { $0.key < $1.key }) {
            guard let row = rows[number] else { continue }
            console.say("row \(number): \(Self.text(of: correction, on: row))")
            if let amount = correction.amount { change = try change.adding(Tiyin(amount.count - row.amount.count)) }
        }
        let before = try statement.toPay
        if change != .zero {
            console.say(
                "the batch came to \(before.sum) so'm, and comes to \(try before.sum.adding(change)) so'm with these corrections"
            )
        }
    }

    private static func text(of change: Correction, on row: StatementRow) -> String {
        var parts: [String] = []
        if let account = change.account { parts.append("account \(row.account) → \(account)") }
        if let bankCode = change.bankCode { parts.append("MFO \(row.bankCode.digits) → \(bankCode.digits)") }
        if let card = change.card { parts.append("card \(row.maskedCard) → \(card.masked)") }
        if change.expiry != nil { parts.append("a new expiry") }
        if let amount = change.amount { parts.append("amount \(row.amount) → \(amount) so'm") }
        return parts.joined(separator: ", ")
    }
}

extension Services {
    /// Reads a table of corrections.
    ///
    /// - Throws: ``Failure`` after all findings were shown, where it has errors.
    func corrections(from path: String) throws -> CorrectionFile {
        let table: CorrectionFile
        do {
            table = try CorrectionFile.read(from: path, options: fileOptions)
        } catch let error as PayoutFileError {
            throw Failure(ExitStatus(error), error.message(in: settings.language))
        }
        guard table.log.errorCount == 0 else {
            console.say(findingsText(table.log))
            let name = URL(fileURLWithPath: path).lastPathComponent
            throw Failure(.invalidFile, "\(name) has errors: nothing was changed or sent. Mend it and try again")
        }
        return table
    }
}
