import PaymentValues
import Statements
import Testing

/// Single cases of the matching, each with a few lines.
@Suite struct MatchingTests {
    private static let transit = "23120000100000001183"

    /// A day of November 2026.
    private static func day(_ day: Int) -> CalendarDay { CalendarDay(number: 20_757 + day) }

    private static func payout(
        _ row: Int, _ amount: Int64, day: Int = 5, batch: Int = 0, standing: LedgerPayout.Standing = .paid,
        card: String = "860006******6311", commission: Int64? = nil, name: String? = nil
    ) -> LedgerPayout {
        LedgerPayout(
            batch: batch, row: row, standing: standing, amount: Tiyin(amount), commission: commission.map(Tiyin.init),
            day: self.day(day), agentTranID: AgentTransactionID(mapping: UInt64(batch * 1000 + row)),
            bmID: 4_810_000_000 + Int64(row), extIDs: ["ABCDEF-\(row)-000\(row)"], maskedCard: card, name: name)
    }

    private static func line(
        _ amount: Int64, _ purpose: String, day: Int = 5, account: String = transit, debit: Bool = true
    ) -> StatementLine {
        var line = StatementLine()
        line.amount = Tiyin(amount)
        line.day = self.day(day)
        line.isDebit = debit
        line.counterAccount = Array(account.utf8)
        line.purpose = Array(purpose.utf8)
        line.document = Array("17".utf8)
        return line
    }

    private static func agreement(_ payouts: [LedgerPayout], _ lines: [StatementLine]) throws -> Agreement {
        var matching = StatementMatching(
            period: day(1)...day(30), lines: lines.count, payouts: payouts.count, ids: payouts.count * 3)
        for payout in payouts { matching.add(payout) }
        for (place, var line) in lines.enumerated() {
            line.place = place + 1
            matching.take(line)
        }
        return try matching.finish()
    }

    private static func outcomes(_ agreement: Agreement) -> [MatchOutcome] {
        var outcomes: [MatchOutcome] = []
        agreement.forEachLine { outcomes.append($0.outcome) }
        return outcomes
    }

    private static func rows(_ agreement: Agreement) -> [Int: MatchOutcome] {
        var rows: [Int: MatchOutcome] = [:]
        agreement.forEachPayout { rows[$0.payout.row] = $0.outcome }
        return rows
    }

    @Test func eachKindOfIDFindsItsPayout() throws {
        let payouts = [Self.payout(2, 100), Self.payout(3, 200), Self.payout(4, 300)]
        let agreement = try Self.agreement(
            payouts,
            [
                Self.line(100, "agentTranId: \(payouts[0].agentTranID)"), Self.line(200, "bmId=4810000003"),
                Self.line(300, "EXT_ID ABCDEF-4-0004"),
            ])
        #expect(Self.outcomes(agreement) == [.agreed, .agreed, .agreed])
        #expect(agreement.isComplete)
    }

    @Test func aCommissionThatNoLineHasIsNamedByItself() throws {
        let payout = Self.payout(2, 100_000, commission: 400)
        let agreement = try Self.agreement([payout], [Self.line(100_000, "\(payout.agentTranID)")])
        #expect(agreement.missingCommissions == .init(count: 1, sum: Tiyin(400)) && !agreement.isComplete)
        #expect(agreement.shown(.paidNotOnStatement).count == 0 && agreement.shown(.agreed).count == 1)
    }

    @Test func anIDThatManyPayoutsShareIdentifiesNone() throws {
        var payouts = (2..<102).map { Self.payout($0, Int64($0) * 100) }
        for index in payouts.indices { payouts[index].extIDs = ["246143267"] }
        let agreement = try Self.agreement(payouts, payouts.map { Self.line($0.amount.count, "EXT_ID 246143267") })
        #expect(Self.outcomes(agreement).allSatisfy { $0 == .agreed } && agreement.isComplete)
    }

    @Test func aShortNumberBesideAnotherAmountIsNotAnID() throws {
        var payout = Self.payout(2, 100_000)
        payout.bmID = 1234
        let agreement = try Self.agreement(
            [payout], [Self.line(777, "Аренда по счёту 1234", account: "20210000900999999001")])
        #expect(Self.outcomes(agreement) == [.foreign])
        #expect(Self.rows(agreement) == [2: .paidNotOnStatement])
    }

    @Test func theSecondLineOfAPayoutIsTwice() throws {
        let payout = Self.payout(2, 100)
        let agreement = try Self.agreement(
            [payout], [Self.line(100, "\(payout.agentTranID)"), Self.line(100, "\(payout.agentTranID)", day: 7)])
        #expect(Self.outcomes(agreement) == [.agreed, .twice])
        #expect(!agreement.isComplete)
    }

    @Test func aPayoutOfAnotherStatementIsTwice() throws {
        let payout = Self.payout(2, 100, standing: .onOtherStatement)
        let agreement = try Self.agreement([payout], [Self.line(100, "\(payout.agentTranID)")])
        #expect(Self.outcomes(agreement) == [.twice])
    }

    @Test func anUnknownPayoutOnTheStatementIsEvidence() throws {
        let payout = Self.payout(2, 100, standing: .notPaid)
        let byID = try Self.agreement([payout], [Self.line(100, "\(payout.agentTranID)")])
        #expect(Self.outcomes(byID) == [.onStatementNotPaid])
        #expect(Self.rows(byID) == [2: .onStatementNotPaid])
        let byCard = try Self.agreement([payout], [Self.line(100, "карта 860006******6311")])
        #expect(Self.outcomes(byCard) == [.onStatementNotPaid])
        #expect(Self.rows(byCard) == [2: .onStatementNotPaid])
    }

    @Test func aMergedLineShowsTheUnknownPayoutThatItHas() throws {
        let payouts = [
            Self.payout(2, 1000), Self.payout(3, 2300), Self.payout(4, 4100), Self.payout(5, 777, standing: .notPaid),
        ]
        let agreement = try Self.agreement(payouts, [Self.line(8177, "Выплаты за день")])
        #expect(Self.rows(agreement) == [2: .agreed, 3: .agreed, 4: .agreed, 5: .onStatementNotPaid])
        #expect(agreement.shown(.onStatementNotPaid).sum == Tiyin(777))
        #expect(agreement.shown(.agreed).sum == Tiyin(7400))
    }

    @Test func aMergedLineWithoutOnePayoutLeavesThatOne() throws {
        let payouts = (2...12).map { Self.payout($0, 1000 + Int64($0 * $0)) }
        let sum = payouts.reduce(0) { $0 + $1.amount.count } - payouts[3].amount.count
        let agreement = try Self.agreement(payouts, [Self.line(sum, "Выплаты за день")])
        #expect(Self.rows(agreement)[5] == .paidNotOnStatement)
        #expect(Self.rows(agreement).values.filter { $0 == .agreed }.count == 10)
    }

    @Test func ofTwoLikePayoutsItIsOpenWhichOneIsMissing() throws {
        let payouts = [Self.payout(2, 500), Self.payout(3, 500)]
        let agreement = try Self.agreement(payouts, [Self.line(500, "карта 8600 06** **** 6311")])
        #expect(Self.outcomes(agreement) == [.ambiguous])
        #expect(Self.rows(agreement) == [2: .ambiguous, 3: .ambiguous])
    }

    @Test func twoLikePayoutsWithTwoLinesAgree() throws {
        let payouts = [Self.payout(2, 500), Self.payout(3, 500)]
        let agreement = try Self.agreement(
            payouts, [Self.line(500, "карта 860006******6311"), Self.line(500, "карта 860006******6311", day: 6)])
        #expect(agreement.isComplete)
    }

    @Test func theRentIsForeignEvenIfItsAmountIsThatOfAMissingPayout() throws {
        let payouts = [Self.payout(2, 500), Self.payout(3, 900)]
        let agreement = try Self.agreement(
            payouts,
            [Self.line(500, "\(payouts[0].agentTranID)"), Self.line(900, "Аренда", account: "20210000900999999001")])
        #expect(Self.outcomes(agreement) == [.agreed, .foreign])
        #expect(Self.rows(agreement)[3] == .paidNotOnStatement)
    }

    @Test func aLoneAmountProvesNothing() throws {
        let agreement = try Self.agreement([Self.payout(2, 500)], [Self.line(500, "Перевод")])
        #expect(Self.outcomes(agreement) == [.ambiguous])
    }

    @Test func aReturnedPayoutIsFoundByItsID() throws {
        let payout = Self.payout(2, 100)
        let agreement = try Self.agreement(
            [payout],
            [
                Self.line(100, "\(payout.agentTranID)"),
                Self.line(100, "Возврат \(payout.agentTranID)", day: 6, debit: false),
            ])
        #expect(Self.outcomes(agreement) == [.agreed, .returned])
        #expect(Self.rows(agreement) == [2: .returned])
    }

    @Test func theLinesOfAnyStatementAddUpOverTheOutcomes() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<400 {
            let payouts = (2..<(3 + random.next(12))).map { row in
                Self.payout(
                    row, Int64(1 + random.next(6)) * 100, day: 1 + random.next(5), batch: random.next(2),
                    standing: [.paid, .paid, .paid, .notPaid, .onOtherStatement][random.next(5)],
                    card: ["860006******6311", "986012******0001"][random.next(2)],
                    commission: [nil, 0, 4][random.next(3)])
            }
            let lines = (0..<random.next(15)).map { _ -> StatementLine in
                let payout = payouts[random.next(payouts.count)]
                let purposes = [
                    "\(payout.agentTranID)", "карта \(payout.maskedCard)", "Комиссия банка",
                    "Возврат \(payout.agentTranID)",
                    "Выплаты", "bmId \(payout.bmID ?? 0) bmId 4810000002",
                ]
                return Self.line(
                    [payout.amount.count, payout.amount.count + 4, 4, 1000][random.next(4)], purposes[random.next(6)],
                    day: 1 + random.next(8), account: [Self.transit, "20210000900999999001"][random.next(2)],
                    debit: random.next(5) > 0)
            }
            let agreement = try Self.agreement(payouts, lines)
            let debits = lines.filter(\.isDebit).reduce(Int64(0)) { $0 + $1.amount.count }
            let credits = lines.filter { !$0.isDebit }.reduce(Int64(0)) { $0 + $1.amount.count }
            #expect(agreement.debits.values.reduce(Int64(0)) { $0 + $1.sum.count } == debits)
            #expect(agreement.credits.values.reduce(Int64(0)) { $0 + $1.sum.count } == credits)
            #expect(agreement.debits[.open] == nil && agreement.credits[.open] == nil)
            var seen: Set<Int> = []
            agreement.forEachPayout { seen.insert($0.payout.row) }
            #expect(seen.isSuperset(of: payouts.filter { $0.standing == .paid }.map(\.row)))
        }
    }
}
