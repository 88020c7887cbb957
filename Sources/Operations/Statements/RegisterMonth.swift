import Bookkeeping
import Foundation
import PaymentValues
import Payouts
package import Reports
import Statements

/// Makes the register of a month: what was sent, and how it agrees with the bank's statements.
package struct RegisterMonth: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Makes the register.
    /// - Parameter month: the month, such as `2026-11`.
    package func run(_ month: String) throws(OperationError) -> MonthRegister {
        let days = try OperationError.classifying { try Self.days(of: month) }
        return try context.withLedger(for: .reading) { ledger in
            let batches = Dictionary(uniqueKeysWithValues: try ledger.batches().map { ($0.id, $0) })
            let statements = try ledger.bankStatements(from: days.lowerBound, to: days.upperBound)
            var sums = MonthSums(day: context.dayReading(), statements: statements)
            try ledger.forEachRow(
                sentFrom: context.start(of: days.lowerBound), to: context.start(of: days.upperBound.advanced(by: 1))
            ) { try sums.add($0) }
            return sums.register(month, batches)
        }
    }

    private static func days(of month: String) throws -> ClosedRange<CalendarDay> {
        let parts = month.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
            let number = Int(parts[1]), let first = CalendarDay(year: year, month: number, day: 1),
            let next = CalendarDay(year: number == 12 ? year + 1 : year, month: number % 12 + 1, day: 1)
        else { throw StatementError.badMonth(month) }
        return first...next.advanced(by: -1)
    }
}

/// Adds up the rows of a month.
private struct MonthSums {
    let day: @Sendable (Date) -> CalendarDay
    let statements: [BankStatementRecord]
    private var lines: [BatchID: (day: CalendarDay, line: MonthRegister.Line)] = [:]
    private var days: [DayKey: (paid: ControlTotals, commission: Tiyin)] = [:]
    private var total = MonthRegister.Line()
    private var notAgreed = ControlTotals.zero
    private var changed = ControlTotals.zero

    private struct DayKey: Hashable {
        let account: String
        let day: CalendarDay
    }

    init(day: @escaping @Sendable (Date) -> CalendarDay, statements: [BankStatementRecord]) {
        self.day = day
        self.statements = statements
    }

    mutating func add(_ row: MonthRow) throws {
        let sent = day(row.sentAt)
        var entry = lines[row.batch] ?? (sent, MonthRegister.Line())
        entry.day = min(entry.day, sent)
        try Self.add(row, to: &entry.line)
        lines[row.batch] = entry
        try Self.add(row, to: &total)
        guard row.state == .paid else { return }
        let key = DayKey(account: row.account.digits, day: sent)
        var sums = days[key] ?? (.zero, .zero)
        try sums.paid.add(row.amount)
        sums.commission = try sums.commission.adding(row.commission ?? .zero)
        days[key] = sums
        if row.outcome != .agreed, row.outcome != .returned {
            try notAgreed.add(row.amount)
            let isClosed = statements.contains {
                $0.isAgreed && $0.statement.account == row.account && $0.statement.period.contains(sent)
            }
            if isClosed { try changed.add(row.amount) }
        }
    }

    private static func add(_ row: MonthRow, to line: inout MonthRegister.Line) throws {
        line.rows += 1
        switch row.state {
        case .paid:
            try line.paid.add(row.amount)
            line.commission = try line.commission.adding(row.commission ?? .zero)
            if row.isReversed || row.outcome == .returned { try line.returned.add(row.amount) }
        case .refused: line.refused += 1
        case .unknown, .sending, .review: line.unknown += 1
        case .queued, .withdrawn: break
        }
    }

    func register(_ month: String, _ batches: [BatchID: BatchRecord]) -> MonthRegister {
        let sorted = lines.sorted { ($0.value.day, $0.key.number) < ($1.value.day, $1.key.number) }
        return MonthRegister(
            month: month,
            batches: sorted.map { id, entry in
                MonthRegister.Batch(
                    reference: batches[id]?.reference.name ?? "", fileName: batches[id]?.fileName ?? "",
                    day: entry.day.description, line: entry.line)
            },
            days: days.sorted { ($0.key.account, $0.key.day) < ($1.key.account, $1.key.day) }.map { key, sums in
                MonthRegister.Day(
                    account: key.account, day: key.day.description, paid: sums.paid, commission: sums.commission)
            },
            total: total, isAgreed: statements.isEmpty ? nil : notAgreed.rows == 0 && statements.allSatisfy(\.isAgreed),
            notAgreed: notAgreed, changedAfterClosing: changed,
            statements: statements.map {
                "\($0.statement.account), \($0.statement.period.lowerBound) — \($0.statement.period.upperBound), \($0.fileName)"
            })
    }
}
