import PaymentValues

/// Checks the rules that every statement obeys, whatever its format, and passes its lines on.
///
/// Readers pass it everything they read. It returns a statement only if no rule is broken.
final class StatementChecks {
    private static let kept = 200
    /// Keeps a file of nothing but faults from being read to its end.
    private static let most = 10_000
    /// Bounds the memory that the matching takes.
    private static let mostLines = 4_000_000
    /// Rows of a table that are no lines take longer to read than lines, and a statement has few of them.
    private static let mostNotes = 1_000_000

    private(set) var findings: [StatementFinding] = []
    private(set) var findingCount = 0
    private(set) var account: SettlementAccount?
    private(set) var period: ClosedRange<CalendarDay>?
    /// Returns the names that the bank of an account gives its columns.
    let columnNames: (SettlementAccount) throws -> ColumnNames
    private let each: (borrowing StatementLine) throws -> Void
    private var opening: Tiyin?
    private var closing: Tiyin?
    private var debits = Tiyin.zero
    private var credits = Tiyin.zero
    private var statedDebits: (sum: Tiyin, place: Int)?
    private var statedCredits: (sum: Tiyin, place: Int)?
    private var closingPlace: Int?
    /// The end of the part before, in a statement of several parts.
    private var lastPart: (end: CalendarDay, closing: Tiyin)?
    private var debitLines = 0
    private var creditLines = 0
    private var notes = 0

    init(
        columnNames: @escaping (SettlementAccount) throws -> ColumnNames,
        each: @escaping (borrowing StatementLine) throws -> Void
    ) {
        self.columnNames = columnNames
        self.each = each
    }

    /// A problem after which the rest of the file shows nothing new.
    struct RestIsWorthless: Error {}

    func find(_ problem: StatementProblem, at place: Int?) throws {
        findingCount += 1
        if findings.count < Self.kept { findings.append(StatementFinding(problem, at: place)) }
        if findingCount >= Self.most { throw RestIsWorthless() }
    }

    func state(account text: [UInt8], at place: Int) throws {
        let shown = String(decoding: text.prefix(40), as: UTF8.self)
        let read: SettlementAccount
        do {
            read = try SettlementAccount(shown)
        } catch {
            return try find(.accountUnreadable(shown), at: place)
        }
        if let account, account != read {
            return try find(.otherAccount(read.digits, than: account.digits), at: place)
        }
        if read.currencyCode != "000" { try find(.otherCurrency(read.currencyCode), at: place) }
        account = read
    }

    func state(currency: [UInt8], at place: Int) throws {
        let shown = String(decoding: currency.prefix(10), as: UTF8.self)
        if shown != "UZS", shown != "860", shown != "000" { try find(.otherCurrency(shown), at: place) }
    }

    /// Takes the period of the whole statement, or of its next part.
    func state(from: CalendarDay, to: CalendarDay, at place: Int) throws {
        guard from <= to else { return try find(.periodBackwards, at: place) }
        period = period.map { min($0.lowerBound, from)...max($0.upperBound, to) } ?? from...to
    }

    func state(opening: Tiyin, at place: Int) {
        self.opening = opening
    }

    func state(closing: Tiyin, at place: Int) {
        self.closing = closing
        closingPlace = place
    }

    /// Takes the period of the next part, which must follow the part before it.
    func state(partFrom from: CalendarDay, to: CalendarDay, at place: Int) throws {
        if let lastPart, from != lastPart.end.advanced(by: 1) { try find(.partsDoNotFollow, at: place) }
        try state(from: from, to: to, at: place)
    }

    /// Takes the balances of the part that ends with a day.
    func state(
        partUntil end: CalendarDay, opening: Tiyin?, closing: (balance: Tiyin, place: Int)?, at place: Int
    ) throws {
        if let lastPart {
            if opening != lastPart.closing { try find(.partsBalancesDiffer, at: place) }
        } else if let opening {
            state(opening: opening, at: place)
        }
        guard let closing else { return try find(.noClosingBalance, at: place) }
        state(closing: closing.balance, at: closing.place)
        lastPart = (end, closing.balance)
    }

    func add(statedDebits sum: Tiyin, at place: Int) throws {
        try tooLarge(at: place) { statedDebits = (try (statedDebits?.sum ?? .zero).adding(sum), place) }
    }

    func add(statedCredits sum: Tiyin, at place: Int) throws {
        try tooLarge(at: place) { statedCredits = (try (statedCredits?.sum ?? .zero).adding(sum), place) }
    }

    /// Refuses a long table that is no statement, because empty rows take time too.
    func bound(row: Int) throws {
        guard row > 2 * Self.mostLines else { return }
        try find(.tooManyLines(limit: Self.mostLines), at: row)
        throw RestIsWorthless()
    }

    /// Counts a row that is no line, but may say something about the whole statement.
    func takeNote(at row: Int) throws {
        notes += 1
        guard notes > Self.mostNotes else { return }
        try find(.tooManyLines(limit: Self.mostNotes), at: row)
        throw RestIsWorthless()
    }

    /// Takes a line whose parts could be read.
    func take(_ line: borrowing StatementLine) throws {
        let place = line.place
        guard account != nil, let period else { return try find(.headerTooLate, at: place) }
        guard line.amount > .zero else { return try find(.amountNotPositive(line.amount.description), at: place) }
        guard period.contains(line.day) else { return try find(.dayOutsidePeriod(line.day), at: place) }
        guard debitLines + creditLines < Self.mostLines else {
            try find(.tooManyLines(limit: Self.mostLines), at: place)
            throw RestIsWorthless()
        }
        let amount = line.amount
        if line.isDebit {
            debitLines += 1
            try tooLarge(at: place) { debits = try debits.adding(amount) }
        } else {
            creditLines += 1
            try tooLarge(at: place) { credits = try credits.adding(amount) }
        }
        if findingCount == 0 { try each(line) }
    }

    /// Compares the balances after the last line.
    func finish(_ format: StatementFormat) throws(StatementRejected) -> BankStatement {
        do {
            return try statement(format)
        } catch {
            throw rejection
        }
    }

    var rejection: StatementRejected { StatementRejected(findings: findings, count: findingCount) }

    private struct Incomplete: Error {}

    private func statement(_ format: StatementFormat) throws -> BankStatement {
        if account == nil { try findOnce(.noAccount) }
        if period == nil { try findOnce(.noPeriod) }
        if opening == nil { try findOnce(.noOpeningBalance) }
        if closing == nil { try findOnce(.noClosingBalance) }
        // Lines that could not be read are missing in the sums.
        if findingCount == 0 {
            if let stated = statedDebits, stated.sum != debits {
                try find(.debitsDiffer(counted: debits, stated: stated.sum), at: stated.place)
            }
            if let stated = statedCredits, stated.sum != credits {
                try find(.creditsDiffer(counted: credits, stated: stated.sum), at: stated.place)
            }
            if let opening, let closing { try compare(opening, closing) }
        }
        guard findingCount == 0, let account, let period, let opening, let closing else { throw Incomplete() }
        return BankStatement(
            format: format, account: account, period: period,
            balances: .init(opening: opening, debits: debits, credits: credits, closing: closing),
            debitLines: debitLines, creditLines: creditLines)
    }

    /// A part of the statement may have shown the problem before, with its place.
    private func findOnce(_ problem: StatementProblem) throws {
        if !findings.contains(where: { $0.problem == problem }) { try find(problem, at: nil) }
    }

    private func compare(_ opening: Tiyin, _ closing: Tiyin) throws {
        let (plus, overflow) = opening.count.addingReportingOverflow(credits.count)
        let (expected, more) = plus.subtractingReportingOverflow(debits.count)
        if overflow || more { return try find(.sumTooLarge, at: closingPlace) }
        if expected != closing.count {
            try find(.balancesDoNotAddUp(expected: Tiyin(expected), stated: closing), at: closingPlace)
        }
    }

    private func tooLarge(at place: Int, _ add: () throws -> Void) throws {
        do {
            try add()
        } catch is Tiyin.Overflow {
            try find(.sumTooLarge, at: place)
        }
    }
}
