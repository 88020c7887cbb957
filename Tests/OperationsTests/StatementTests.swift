import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Reports
import Sandbox
import Statements
import Testing

/// Tests the comparison of the bank's statement with the ledger, and the records of it.
@Suite struct StatementTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private static let account = "20208000900123456001"

    /// Pays a file, and returns the ids of its rows.
    private func pay(_ name: String, rows: Range<Int>) async throws -> [AgentTransactionID] {
        let before = office.bank.paid.count
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: true))
            .run(office.file(name, rows: rows))
        return office.bank.paid.dropFirst(before).map(\.id)
    }

    private var today: CalendarDay {
        CalendarDay(number: Int(office.clock.time.now().timeIntervalSince1970) / 86_400)
    }

    /// Writes a statement whose lines have the commission of 40 tiyin that the bank states for a payout.
    private func statement(
        _ name: String, _ ids: [AgentTransactionID], from: Int = -5, to: Int = 0, opening: Int64 = 1_000_000_000
    ) throws -> String {
        let entries = ids.enumerated().map { index, id in
            StatementEntry(
                number: "\(1000 + index)", day: today.iso, isDebit: true, tiyin: 100_040,
                counterAccount: "23120000100000001183", counterName: "Bank", purpose: "agentTranId \(id)")
        }
        let issued = IssuedStatement(
            account: Self.account, accountName: "ACME", from: today.advanced(by: from).iso,
            to: today.advanced(by: to).iso, openingTiyin: opening, entries: entries)
        let path = office.folder.path(name)
        try Data(issued.bytes(.oneCWindows)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func refusal(_ path: String) throws -> StatementError? {
        do throws(OperationError) {
            _ = try AgreeStatement(office.context()).run(path)
            return nil
        } catch {
            guard case .statement(let refusal) = error else { throw error }
            return refusal
        }
    }

    @Test func anAgreedStatementIsRecordedAndItsPeriodIsClosed() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<7)
        let file = try statement("november.txt", ids)
        let result = try AgreeStatement(office.context()).run(file)
        #expect(result.agreement.isComplete && result.agreement.shown(.agreed) == .init(count: 5, sum: Tiyin(500_200)))
        let again = try AgreeStatement(office.context()).run(file)
        #expect(again.agreedBefore != nil && again.agreement.isComplete)
        let other = try statement("november-2.txt", ids, opening: 5_000_000)
        guard case .overlaps(_, "november.txt", isAgreed: true) = try refusal(other) else {
            Issue.record("the period is closed")
            return
        }
        let places = try office.context().withLedger { ledger in
            try ledger.statementPlaces(ofRow: 2, in: ledger.batch(named: "payroll").id)
        }
        #expect(
            places.map { $0.text(.en) } == [
                "on the statement of \(today), document \(places[0].document) (by the bank id)"
            ])
        #expect(places[0].evidence == .id && places[0].document.hasPrefix("100"))
    }

    @Test func aStatementThatLeavesSomethingOpenCanBeComparedAgain() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<7)
        let first = try AgreeStatement(office.context()).run(statement("november.txt", Array(ids.dropLast())))
        #expect(first.agreement.shown(.paidNotOnStatement) == .init(count: 1, sum: Tiyin(100_000)))
        let month = try RegisterMonth(office.context()).run(String(today.iso.prefix(7)))
        #expect(month.isAgreed == false && month.notAgreed.rows == 1)
        let second = try AgreeStatement(office.context()).run(statement("november.txt", ids))
        #expect(second.agreement.isComplete)
        let agreed = try RegisterMonth(office.context()).run(String(today.iso.prefix(7)))
        #expect(agreed.isAgreed == true && agreed.total.paid == ControlTotals(rows: 5, sum: Tiyin(500_000)))
    }

    @Test func missingDaysAndOtherBalancesAreRefused() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<4)
        _ = try AgreeStatement(office.context()).run(statement("first.txt", [], from: -40, to: -31, opening: 500))
        let late = try statement("late.txt", ids, from: -29, to: 0, opening: 1_000_000)
        #expect(try refusal(late) == .missingDays(today.advanced(by: -30)...today.advanced(by: -30)))
        let other = try statement("other.txt", ids, from: -30, to: 0, opening: 1_000_000)
        #expect(try refusal(other) == .balancesDiffer(day: today.advanced(by: -30), Tiyin(500), Tiyin(1_000_000)))
        #expect(
            try AgreeStatement(office.context()).run(late, skipsMissingDays: true).agreement.isComplete)
    }

    @Test func anUnknownRowOnTheStatementStaysUnknown() async throws {
        let run = try await PayBatch(office.context(), consent: .given(acceptingWarnings: true))
            .run(office.file("lost.csv", cards: [PayingBank.lostCard]))
        #expect(run.outcome == .someUnsettled)
        let id = try office.context().withLedger { ledger in
            try ledger.report(on: ledger.batch(named: "lost").id) { try $0.row(2).id }
        }
        let result = try AgreeStatement(office.context()).run(statement("november.txt", [id]))
        #expect(result.agreement.shown(.onStatementNotPaid) == .init(count: 1, sum: Tiyin(100_040)))
        try office.context().withLedger { ledger in
            let batch = try ledger.batch(named: "lost").id
            #expect(try ledger.statement(of: batch)[.paid].rows == 0)
            #expect(try ledger.statementPlaces(ofRow: 2, in: batch).map(\.outcome) == [.onStatementNotPaid])
        }
    }

    @Test func aRowThatAPersonCallsPaidIsNotReturned() async throws {
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: true))
            .run(office.file("lost.csv", cards: [PayingBank.lostCard]))
        try ResolveRow(office.context()).run(2, of: "lost", isPaid: true, note: "letter 5")
        let month = try RegisterMonth(office.context()).run(String(today.iso.prefix(7)))
        #expect(month.total.paid.rows == 1 && month.total.returned == .zero)
    }

    @Test func aRowThatIsPaidInAClosedPeriodIsReported() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<4)
        #expect(try AgreeStatement(office.context()).run(statement("november.txt", ids)).agreement.isComplete)
        _ = try await pay("later.csv", rows: 10..<12)
        let month = try RegisterMonth(office.context()).run(String(today.iso.prefix(7)))
        #expect(month.changedAfterClosing == ControlTotals(rows: 2, sum: Tiyin(200_000)) && month.isAgreed == false)
    }

    @Test func theNamesOfABanksColumnsAreRemembered() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<4)
        func table(_ from: Int, _ to: Int, _ opening: String, _ closing: String, _ lines: [[String]]) throws -> String {
            let period = [today.advanced(by: from), today.advanced(by: to)].map(\.description)
            let rows =
                [
                    ["Счет", Self.account], [period.joined(separator: " - ")], ["Входящий остаток", opening],
                    ["Дата", "Документ", "Ушло", "Пришло", "За что"],
                ] + lines + [["Исходящий остаток", closing]]
            let path = office.folder.path("statement.xlsx")
            try Data(WrittenWorkbook.bytes([(name: "1", rows: rows)])).write(to: URL(fileURLWithPath: path))
            return path
        }
        let lines = ids.map { ["\(today)", "7", "1000.40", "", "agentTranId \($0)"] }
        let early = try table(-20, -10, "9000.00", "9000.00", [])
        guard case .rejected(_, let rejected) = try refusal(early) else {
            Issue.record("the columns are unknown")
            return
        }
        #expect(rejected.findings == [StatementFinding(.columnsUnknown(["Ушло", "Пришло", "За что"]), at: 4)])
        let names = try ColumnNames(["debit=Ушло", "credit=Пришло", "purpose=За что"])
        _ = try AgreeStatement(office.context()).run(early, columns: names)
        let result = try AgreeStatement(office.context()).run(table(-9, 0, "9000.00", "6999.20", lines))
        #expect(result.agreement.isComplete && result.agreement.shown(.agreed).count == 2)
        #expect(throws: ColumnNames.Invalid.self) { try ColumnNames(["debt=Ушло"]) }
    }

    @Test func aDamagedStatementLeavesNothingBehind() async throws {
        let ids = try await pay("payroll.csv", rows: 2..<4)
        let file = try statement("november.txt", ids)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes.removeLast(20)
        try bytes.write(to: URL(fileURLWithPath: file))
        guard case .rejected("november.txt", let rejected) = try refusal(file) else {
            Issue.record("the file is cut")
            return
        }
        #expect(rejected.count > 0)
        let account = try SettlementAccount(Self.account)
        let recorded = try office.context().withLedger { try $0.bankStatements(of: account) }
        #expect(recorded.isEmpty)
    }

    @Test func aStatementOfAnAccountWithoutPayoutsIsRefused() async throws {
        _ = try office.context().openLedger()
        #expect(try refusal(statement("november.txt", [])) == .unknownAccount(SettlementAccount(Self.account)))
    }
}
