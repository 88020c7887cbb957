import Foundation

/// The options of a statement that the sandbox issues.
package struct StatementOrder: Sendable, Equatable {
    package var account: String
    /// The first day, such as `2026-11-01`.
    package var from: String
    package var to: String
    package var format = IssuedStatement.Format.oneCWindows
    package var lines = Lines.payout
    package var commission = Commission.none
    /// The number of days by which the bank books a payout late.
    package var daysLate = 0

    package enum Lines: String, Sendable, CaseIterable {
        /// One line for each payout.
        case payout
        /// One line for all payouts of a day.
        case day
    }

    package enum Commission: String, Sendable, CaseIterable {
        case none
        /// The commission has a line of its own for each line of payouts.
        case separate
        /// The commission is included in the line of the payout.
        case included
    }

    package init(account: String, from: String, to: String) {
        self.account = account
        self.from = from
        self.to = to
    }

    /// Reads `/sandbox/statements/ACCOUNT/FROM/TO/FORMAT/LINES/COMMISSION/DAYS-LATE`. The last four may be left out.
    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (6...10).contains(parts.count), parts[1] == "sandbox", parts[2] == "statements" else { return nil }
        guard parts[3].utf8.count == 20, [parts[4], parts[5]].allSatisfy({ $0.utf8.count == 10 }) else { return nil }
        self.init(account: parts[3], from: parts[4], to: parts[5])
        if parts.count > 6 {
            guard let format = IssuedStatement.Format(rawValue: parts[6]) else { return nil }
            self.format = format
        }
        if parts.count > 7 {
            guard let lines = Lines(rawValue: parts[7]) else { return nil }
            self.lines = lines
        }
        if parts.count > 8 {
            guard let commission = Commission(rawValue: parts[8]) else { return nil }
            self.commission = commission
        }
        if parts.count > 9 {
            guard let days = Int(parts[9]), (0...30).contains(days) else { return nil }
            daysLate = days
        }
    }
}

extension SandboxBank {
    /// The account that payouts pass through on their way to the cards.
    private static let transitAccount = "23120000100000001183"
    private static let commissionAccount = "45294000600000001183"

    /// Issues the statement of an account.
    package func statement(_ order: StatementOrder) -> IssuedStatement {
        let entries = present { state in
            state.debits.filter { $0.account == order.account }.map {
                (debit: $0, payment: state.payment(agentTranId: $0.agentTranId))
            }
        }.flatMap { lines(of: $0.debit, $0.payment, order) }.sorted { $0.day < $1.day }
        let before = entries.filter { $0.day < order.from }
        let opening = before.reduce(configuration.startingBalanceTiyin) { $0 + ($1.isDebit ? -$1.tiyin : $1.tiyin) }
        var within = entries.filter { (order.from...order.to).contains($0.day) }
        if order.lines == .day { within = merged(within) }
        for index in within.indices { within[index].number = String(index + 1) }
        return IssuedStatement(
            account: order.account, accountName: "ООО Клиент", from: order.from, to: order.to, openingTiyin: opening,
            entries: within)
    }

    private func lines(of debit: Debit, _ payment: Payment?, _ order: StatementOrder) -> [StatementEntry] {
        let commission = configuration.commission(of: debit.amountTiyin)
        let ids = "bmId \(debit.bmId) EXT_ID \(payment.map { String($0.extId) } ?? "") agentTranId \(debit.agentTranId)"
        let day = Self.day(debit.at, later: order.daysLate)
        var entries = [
            StatementEntry(
                number: "", day: day, isDebit: true,
                tiyin: debit.amountTiyin + (order.commission == .included ? commission : 0),
                counterAccount: Self.transitAccount, counterName: "АКБ Anor Bank",
                purpose: "Выплата на карту \(debit.maskedCard) \(ids)")
        ]
        if order.commission == .separate, commission > 0 {
            entries.append(
                StatementEntry(
                    number: "", day: day, isDebit: true, tiyin: commission, counterAccount: Self.commissionAccount,
                    counterName: "АКБ Anor Bank", purpose: "Комиссия за выплату \(ids)"))
        }
        if let back = debit.reversedAt {
            entries.append(
                StatementEntry(
                    number: "", day: Self.day(back, later: order.daysLate), isDebit: false, tiyin: debit.amountTiyin,
                    counterAccount: Self.transitAccount, counterName: "АКБ Anor Bank",
                    purpose: "Возврат выплаты на карту \(debit.maskedCard) \(ids)", isReversal: true))
        }
        return entries
    }

    /// Merges the debits of each day and account into one line. Returned payouts keep their own lines.
    private func merged(_ entries: [StatementEntry]) -> [StatementEntry] {
        var merged: [StatementEntry] = []
        for entry in entries {
            let place = merged.firstIndex {
                $0.isDebit && entry.isDebit && $0.day == entry.day && $0.counterAccount == entry.counterAccount
            }
            if let place {
                merged[place].tiyin += entry.tiyin
            } else {
                var first = entry
                if entry.isDebit {
                    let isCommission = entry.counterAccount == Self.commissionAccount
                    first.purpose = (isCommission ? "Комиссия за выплаты за " : "Выплаты на карты за ") + entry.day
                }
                merged.append(first)
            }
        }
        return merged
    }

    /// Returns the day of a moment in Uzbekistan.
    private static func day(_ moment: Date, later days: Int) -> String {
        let shifted = moment.addingTimeInterval(5 * 3600 + Double(days) * 86_400)
        return String(shifted.formatted(Date.ISO8601FormatStyle()).prefix(10))
    }
}

extension SandboxConfiguration {
    /// Returns the sender's commission on a payout, rounded down.
    func commission(of tiyin: Int64) -> Int64 { tiyin * commissionInTenThousandths / 10_000 }
}
