import Bookkeeping
package import Foundation
import PaymentValues
package import Payouts
package import Statements

/// Compares a bank statement with the ledger, and records where each payout was found.
package struct AgreeStatement: Sendable {
    /// The number of days before a statement in which its payouts may have been sent. Debits can be late, and payouts
    /// can be returned.
    private static let lookback = 62

    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    package struct Result {
        package let statement: BankStatement
        package let agreement: Agreement
        /// The names of the batches, by the numbers that payouts use.
        package let batches: [Int: BatchReference]
        /// The time when the same file was recorded before. Then nothing was stored now.
        package let agreedBefore: Date?
    }

    /// Compares one file.
    ///
    /// - Parameters:
    ///   - name: what people call the file, where that is not its name on the disk.
    ///   - columns: names that the bank gives its columns. They are remembered for the bank.
    ///   - skipsMissingDays: whether days between two statements may be missing.
    package func run(
        _ path: String, named name: String? = nil, columns: ColumnNames = ColumnNames(), skipsMissingDays: Bool = false
    ) throws(OperationError) -> Result {
        let file = StatementFile(path: path, named: name, scratchFolder: FileManager.default.temporaryDirectory.path)
        let remembered = RememberedColumns(ledger: context.ledger.path)
        return try context.withLedger { ledger in
            let names = { (account: SettlementAccount) in
                let known = try ledger.bankCode(of: account).map { try remembered.names(of: $0) }
                return (known ?? ColumnNames()).adding(columns)
            }
            let (statement, digest) = try read(file, names)
            guard let bank = try ledger.bankCode(of: statement.account) else {
                throw StatementError.unknownAccount(statement.account)
            }
            let recorded = try ledger.bankStatements(of: statement.account)
            let same = recorded.first { $0.digest == digest }
            let replaced = try same ?? replaceable(statement, among: recorded)
            if same == nil { try checkNeighbours(of: statement, among: recorded, skipsMissingDays) }
            let agreement = try agreement(file, names, statement, digest, in: ledger, replacing: replaced?.id)
            if same?.isAgreed != true {
                _ = try ledger.record(
                    statement, digest: digest, fileName: file.name, agreement, replacing: replaced?.id)
            }
            try remembered.remember(columns, of: bank)
            let batches = try ledger.batches().map { (Int($0.id.number), $0.reference) }
            return Result(
                statement: statement, agreement: agreement,
                batches: Dictionary(uniqueKeysWithValues: batches),
                agreedBefore: same?.isAgreed == true ? same?.at : nil)
        }
    }

    /// Reads the statement for the first time, to check it.
    private func read(
        _ file: StatementFile, _ names: @escaping (SettlementAccount) throws -> ColumnNames
    ) throws -> (BankStatement, FileDigest) {
        do {
            return try file.read(columnNames: names) { _ in }
        } catch let rejected as StatementRejected {
            throw StatementError.rejected(name: file.name, rejected)
        }
    }

    /// Returns the record of the same period that this statement replaces.
    ///
    /// - Throws: `StatementError.overlaps` if the statement overlaps a closed period, or a part of another period.
    private func replaceable(
        _ statement: BankStatement, among recorded: [BankStatementRecord]
    ) throws(StatementError) -> BankStatementRecord? {
        let overlapping = recorded.filter { $0.statement.period.overlaps(statement.period) }
        guard let first = overlapping.first else { return nil }
        guard overlapping.count == 1, !first.isAgreed, first.statement.period == statement.period else {
            throw .overlaps(first.statement.period, fileName: first.fileName, isAgreed: first.isAgreed)
        }
        return first
    }

    private func checkNeighbours(
        of statement: BankStatement, among recorded: [BankStatementRecord], _ skipsMissingDays: Bool
    ) throws(StatementError) {
        let period = statement.period
        if let before = recorded.last(where: { $0.statement.period.upperBound < period.lowerBound })?.statement {
            let end = before.period.upperBound
            if end.advanced(by: 1) < period.lowerBound {
                guard skipsMissingDays else {
                    throw .missingDays(end.advanced(by: 1)...period.lowerBound.advanced(by: -1))
                }
            } else if before.balances.closing != statement.balances.opening {
                throw .balancesDiffer(
                    day: period.lowerBound, before.balances.closing, statement.balances.opening)
            }
        }
        if let after = recorded.first(where: { $0.statement.period.lowerBound == period.upperBound.advanced(by: 1) })?
            .statement, after.balances.opening != statement.balances.closing
        {
            throw .balancesDiffer(
                day: after.period.lowerBound, statement.balances.closing, after.balances.opening)
        }
    }

    private func agreement(
        _ file: StatementFile, _ names: @escaping (SettlementAccount) throws -> ColumnNames, _ statement: BankStatement,
        _ digest: FileDigest, in ledger: Ledger,
        replacing replaced: Int64?
    ) throws -> Agreement {
        let span = StatementSpan(
            account: statement.account,
            from: context.start(of: statement.period.lowerBound.advanced(by: -Self.lookback)),
            to: context.start(of: statement.period.upperBound.advanced(by: 1)), day: context.dayReading())
        let count = try ledger.countOfPayouts(in: span)
        var matching = StatementMatching(
            period: statement.period, lines: statement.lines, payouts: count.payouts, ids: count.ids)
        try ledger.forEachPayout(in: span, replacing: replaced) { matching.add($0) }
        let held = HeldMatching(matching)
        matching = StatementMatching(period: statement.period, lines: 0, payouts: 0, ids: 0)
        _ = try file.read(expecting: digest, columnNames: names) { held.matching.take($0) }
        return try held.matching.finish()
    }
}

/// Holds the matching while it gets lines.
private final class HeldMatching {
    var matching: StatementMatching

    init(_ matching: StatementMatching) {
        self.matching = matching
    }
}

extension OperationContext {
    /// Returns the first moment of a day.
    func start(of day: CalendarDay) -> Date {
        let (year, month, number) = day.parts
        let parts = DateComponents(year: year, month: month, day: number)
        return calendar.date(from: parts) ?? Date(timeIntervalSince1970: Double(day.number) * 86_400)
    }

    /// Returns a function that converts moments into days.
    func dayReading() -> @Sendable (Date) -> CalendarDay {
        let timeZone = timeZone
        return { moment in
            let offset = timeZone.secondsFromGMT(for: moment)
            let seconds = Int(moment.timeIntervalSince1970.rounded(.down)) + offset
            return CalendarDay(number: Int((Double(seconds) / 86_400).rounded(.down)))
        }
    }
}
