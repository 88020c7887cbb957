import PaymentValues
import Payouts

/// The JSON that `payout month` prints.
package struct MonthDocument: Encodable, Sendable {
    let month: String
    let batches: [Line]
    let total: Line
    let days: [Day]
    let agreedWithStatement: Bool?
    let notAgreed, changedAfterClosing: Totals
    let report: String?

    struct Line: Encodable, Sendable {
        let reference, day: String?
        let rows, paid: Int
        let tiyin, commissionTiyin: Int64
        let refused, unknown, returned: Int
        let returnedTiyin: Int64

        init(_ line: MonthRegister.Line, reference: String? = nil, day: String? = nil) {
            self.reference = reference
            self.day = day
            rows = line.rows
            paid = line.paid.rows
            tiyin = line.paid.sum.count
            commissionTiyin = line.commission.count
            refused = line.refused
            unknown = line.unknown
            returned = line.returned.rows
            returnedTiyin = line.returned.sum.count
        }
    }

    struct Day: Encodable, Sendable {
        let account, day: String
        let paid: Int
        let tiyin, commissionTiyin: Int64
    }

    struct Totals: Encodable, Sendable {
        let rows: Int
        let tiyin: Int64
    }

    package init(_ register: MonthRegister, report: String?) {
        month = register.month
        batches = register.batches.map { Line($0.line, reference: $0.reference, day: $0.day) }
        total = Line(register.total)
        days = register.days.map {
            Day(
                account: $0.account, day: $0.day, paid: $0.paid.rows, tiyin: $0.paid.sum.count,
                commissionTiyin: $0.commission.count)
        }
        agreedWithStatement = register.isAgreed
        notAgreed = Totals(rows: register.notAgreed.rows, tiyin: register.notAgreed.sum.count)
        changedAfterClosing = Totals(
            rows: register.changedAfterClosing.rows, tiyin: register.changedAfterClosing.sum.count)
        self.report = report
    }

    private enum Key: CodingKey {
        case month, batches, total, days, agreedWithStatement, notAgreed, changedAfterClosing, report
    }

    /// Writes `agreedWithStatement` and `report` even if they are null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(month, forKey: .month)
        try container.encode(batches, forKey: .batches)
        try container.encode(total, forKey: .total)
        try container.encode(days, forKey: .days)
        try container.encode(agreedWithStatement, forKey: .agreedWithStatement)
        try container.encode(notAgreed, forKey: .notAgreed)
        try container.encode(changedAfterClosing, forKey: .changedAfterClosing)
        try container.encode(report, forKey: .report)
    }
}
