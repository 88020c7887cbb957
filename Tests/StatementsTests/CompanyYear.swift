import PaymentValues
import Sandbox
import Statements

/// A year of a company: its payouts, what the bank wrote of them, and the faults that were put in on purpose.
struct CompanyYear {
    enum Fault: CaseIterable {
        case missing, doubled, otherAmount, returned, wrongCommission, unpaidButDebited, late, foreign
    }

    enum Naming: CaseIterable {
        case ids, card, name
    }

    enum Lines: CaseIterable {
        case perPayout, perBatch, perDay
    }

    enum Commission: CaseIterable {
        case none, included, apart, apartPerDay
    }

    struct Month {
        var payouts: [LedgerPayout] = []
        var statement: IssuedStatement
        var expected: [PayoutKey: MatchOutcome] = [:]
        /// Sums of the lines by outcome.
        var debits: [MatchOutcome: Int64] = [:]
        var credits: [MatchOutcome: Int64] = [:]
        var faults: [Fault: Int] = [:]
        var missingCommission: Int64 = 0
    }

    struct PayoutKey: Hashable {
        let batch: Int
        let row: Int
    }

    static let account = "20208000900123456001"
    static let transit = "23120000100000001183"
    static let commissionAccount = "45294000600000001183"

    var random: SeededRandom
    private var nextID: Int64 = 100_000_000_000_001
    private var nextBankID: Int64 = 4_810_000_000
    private var opening: Int64 = 1_000_000_000_000

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    mutating func month(
        _ month: Int, batches: Int, rows: Int, naming: Naming, lines: Lines, commission: Commission, faults: [Fault]
    ) -> Month {
        let length = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        let days = (1...length).compactMap { CalendarDay(year: 2026, month: month, day: $0) }
        var result = Month(
            statement: IssuedStatement(
                account: Self.account, accountName: "ООО \"Пример\"", from: days[0].iso, to: days[length - 1].iso,
                openingTiyin: opening, entries: []))
        var document = 1000
        var entries: [StatementEntry] = []
        for batch in 0..<batches {
            let day = days[(batch * (length - 12)) / max(batches, 1)]
            addBatch(batch, rows, day, naming, lines, commission, faults, &document, &entries, &result)
        }
        for index in 0..<(faults.contains(.foreign) ? 5 : 0) {
            document += 1
            let sum = Int64(900_000_007 + index * 1_000_003)
            entries.append(
                entry(
                    document, days[index * 3], sum, "20210000900999999001", "ООО Аренда",
                    "Аренда офиса, договор 17/\(index)"))
            result.debits[.foreign, default: 0] += sum
            result.faults[.foreign, default: 0] += 1
        }
        entries.append(
            StatementEntry(
                number: "1", day: days[0].iso, isDebit: false, tiyin: 5_000_000_000_000,
                counterAccount: "20208000500777777001",
                counterName: "Покупатель", purpose: "Оплата по договору 5"))
        result.credits[.foreign, default: 0] += 5_000_000_000_000
        result.statement.entries = entries.sorted { $0.day < $1.day }
        opening = result.statement.closingTiyin
        return result
    }

    private mutating func addBatch(
        _ batch: Int, _ rows: Int, _ day: CalendarDay, _ naming: Naming, _ lines: Lines, _ commission: Commission,
        _ faults: [Fault], _ document: inout Int, _ entries: inout [StatementEntry], _ result: inout Month
    ) {
        var merged: Int64 = 0
        var commissions: Int64 = 0
        var unpaid: Int64 = 0
        // A merged line has at most one fault.
        let faultOfMerged: Fault? =
            faults.isEmpty || lines == .perPayout ? nil : [nil, .missing, .unpaidButDebited, .doubled][random.next(4)]
        let faultyRow = 2 + random.next(rows)
        for row in 2..<(rows + 2) {
            let isWhole = lines == .perPayout
            let fault: Fault? = faults.isEmpty ? nil : random.next(20) == 0 ? faults[random.next(faults.count)] : nil
            let payout = payout(batch, row, day, commission)
            let key = PayoutKey(batch: batch, row: row)
            let fee = payout.commission?.count ?? 0
            var ledger = payout
            var outcome = MatchOutcome.agreed
            var bookingDay = day
            var amount = payout.amount.count + (commission == .included ? fee : 0)
            var owesCommission = commission == .apart
            switch fault {
            case .missing where isWhole:
                outcome = .paidNotOnStatement
                owesCommission = false
                amount = 0
            case .otherAmount where isWhole:
                outcome = .otherAmount
                amount += 100
                owesCommission = false
            case .wrongCommission where isWhole && commission == .included:
                outcome = .otherAmount
                amount += 1
            case .unpaidButDebited where isWhole:
                outcome = .onStatementNotPaid
                ledger.standing = .notPaid
                owesCommission = false
            case .late where isWhole: bookingDay = day.advanced(by: 1 + random.next(3))
            case .doubled where isWhole, .returned where isWhole: break
            default: break
            }
            let isCounted = fault.map { used($0, lines, commission) } ?? false
            if let fault, isCounted { result.faults[fault, default: 0] += 1 }
            result.payouts.append(ledger)
            if isWhole {
                if amount > 0 {
                    document += 1
                    entries.append(line(document, bookingDay, amount, payout, naming))
                    result.debits[outcome, default: 0] += amount
                }
                if fault == .doubled {
                    document += 1
                    entries.append(line(document, bookingDay, amount, payout, naming))
                    result.debits[.twice, default: 0] += amount
                }
                if fault == .returned {
                    document += 1
                    outcome = .returned
                    var back = line(document, bookingDay.advanced(by: 2), payout.amount.count, payout, naming)
                    back.isDebit = false
                    back.purpose = "Возврат: " + back.purpose
                    entries.append(back)
                    result.credits[.returned, default: 0] += payout.amount.count
                }
                if owesCommission, fee > 0 {
                    document += 1
                    var own = line(document, bookingDay, fee, payout, naming)
                    own.counterAccount = Self.commissionAccount
                    own.purpose = "Комиссия банка: " + own.purpose
                    entries.append(own)
                    result.debits[.agreed, default: 0] += fee
                }
                if commission == .apartPerDay, [.agreed, .returned].contains(outcome), bookingDay == day {
                    commissions += fee
                }
                if commission == .apartPerDay, [.agreed, .returned].contains(outcome), bookingDay != day {
                    result.missingCommission += fee
                }
            } else {
                let isApart = commission == .apartPerDay || commission == .apart
                switch faultOfMerged {
                case .missing where row == faultyRow:
                    outcome = .paidNotOnStatement
                    result.faults[.missing, default: 0] += 1
                case .unpaidButDebited where row == faultyRow:
                    outcome = .onStatementNotPaid
                    result.payouts[result.payouts.count - 1].standing = .notPaid
                    result.faults[.unpaidButDebited, default: 0] += 1
                    merged += amount
                    unpaid += amount
                default:
                    merged += amount
                    commissions += isApart ? fee : 0
                }
            }
            result.expected[key] = outcome
        }
        if merged > 0 {
            document += 1
            entries.append(entry(document, day, merged, Self.transit, "Anor Bank", "Выплаты на карты за \(day)"))
            result.debits[.agreed, default: 0] += merged - unpaid
            result.debits[.onStatementNotPaid, default: 0] += unpaid
        }
        if faultOfMerged == .doubled {
            document += 1
            entries.append(entry(document, day, merged, Self.transit, "Anor Bank", "Выплаты на карты за \(day)"))
            result.debits[.twice, default: 0] += merged
            result.faults[.doubled, default: 0] += 1
        }
        if commissions > 0 {
            document += 1
            entries.append(
                entry(document, day, commissions, Self.commissionAccount, "Anor Bank", "Комиссия за выплаты \(day)"))
            result.debits[.agreed, default: 0] += commissions
        }
    }

    private func used(_ fault: Fault, _ lines: Lines, _ commission: Commission) -> Bool {
        guard lines == .perPayout else { return false }
        return fault != .wrongCommission || commission == .included
    }

    private mutating func payout(_ batch: Int, _ row: Int, _ day: CalendarDay, _ commission: Commission) -> LedgerPayout
    {
        nextID += 7
        nextBankID += 1
        let amount = Int64(100_000 + random.next(50_000_000)) * 10
        let fee = amount / 250
        return LedgerPayout(
            batch: batch, row: row, amount: Tiyin(amount), commission: commission == .none ? nil : Tiyin(fee), day: day,
            agentTranID: AgentTransactionID(mapping: UInt64(nextID)), bmID: nextBankID,
            extIDs: ["\(nextBankID + 70_000_000_000)"],
            maskedCard: "\(860_000 + nextBankID / 9000 % 1000)******\(1000 + nextBankID % 9000)",
            name: Self.surnames[random.next(Self.surnames.count)] + " " + Self.names[random.next(Self.names.count)]
                + " "
                + Self.names[random.next(Self.names.count)] + "ович")
    }

    private func line(
        _ document: Int, _ day: CalendarDay, _ amount: Int64, _ payout: LedgerPayout, _ naming: Naming
    ) -> StatementEntry {
        let purpose =
            switch naming {
            case .ids: "Выплата по договору 17 bmId \(payout.bmID ?? 0) agentTranId:\(payout.agentTranID)"
            case .card: "Выплата на карту \(payout.maskedCard)"
            case .name: "Зачисление на карту, \(payout.name ?? "")"
            }
        return entry(document, day, amount, Self.transit, "Anor Bank", purpose)
    }

    private func entry(
        _ document: Int, _ day: CalendarDay, _ amount: Int64, _ account: String, _ name: String, _ purpose: String
    ) -> StatementEntry {
        StatementEntry(
            number: String(document), day: day.iso, isDebit: true, tiyin: amount, counterAccount: account,
            counterName: name,
            purpose: purpose)
    }

    private static let surnames = [
        "Каримов", "Юсупова", "Рахимов", "Содиков", "Назарова", "Турсунов", "Алимова", "Эргашев",
    ]
    private static let names = [
        "Алишер", "Дилноза", "Рустам", "Малика", "Азиз", "Шахноза", "Бахтиер", "Гульнора", "Жасур",
    ]
}

/// A sequence that a seed fixes (SplitMix64).
struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
    }
}
