import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Testing

/// A company pays the same people every month.
@Suite struct LastTimeTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private struct Row {
        var name: String
        var card: Int
        var amount = 5_000_000_00
    }

    private let people = (1...20).map { Row(name: "Xodim \(Character(UnicodeScalar(UInt8(64 + $0))))", card: $0) }

    private func file(_ name: String, _ rows: [Row]) throws -> String {
        try office.write(
            "account,mfo,pan,exp,amount,name\n"
                + rows.map { row in
                    "20208000900123456001,01183,\(Samples.card(row.card).digits),1230,\(row.amount),\(row.name)\n"
                }.joined(), to: name)
    }

    /// Imports the people of the month before.
    private func importLastMonth(_ rows: [Row]? = nil) throws {
        try ImportFile(office.context()).run(file("last.csv", rows ?? people))
        office.clock.advance(by: .seconds(30 * 86_400))
    }

    private func check(_ rows: [Row], name: String = "now.csv") throws -> PayoutFile {
        try CheckFile(office.context()).run(file(name, rows)).file
    }

    @Test func anUnchangedMonthHasNoWarningAndPassesTheInbox() async throws {
        try importLastMonth()
        let file = try check(people)
        #expect(file.log.count == 0)
        #expect(file.comparison?.asBefore.rows == 20 && file.comparison?.batch.name == "last")
        // The same bytes would be the same file.
        _ = try self.file("in/now.csv", people.reversed())
        let round = try await Inbox(
            office.context(), folder: InboxFolder(office.folder.path("in")), acceptsWarnings: false,
            settling: -1_000_000_000, explain: { "\($0.reason)" }
        ).round()
        #expect(round.entries.map(\.result) == [.done])
        #expect(office.bank.paid.count == 20)
    }

    @Test func eachImportantChangeIsAWarning() throws {
        try importLastMonth()
        var rows = people
        rows[0].card = 500
        rows[1].amount *= 10
        rows[2].amount = 5_000_000
        rows[3].card = rows[4].card
        rows[3].amount += 100
        rows.append(Row(name: "Yangi", card: 600, amount: 9_000_000_00))
        rows.append(Row(name: "Boshqa", card: 601))
        let file = try check(rows)
        #expect(file.log.warningCounts == [.changedCard: 2, .unusualAmount: 2, .sharedCard: 2, .newPerson: 1])
        let comparison = try #require(file.comparison)
        #expect(comparison.newPeople.map(\.row) == [22, 23] && comparison.changedCards.map(\.now.row) == [2, 5])
        #expect(comparison.changedAmounts.map(\.now.row) == [3, 4])
    }

    @Test func somTakenForTiyinIsAWarningInEveryRow() throws {
        try importLastMonth()
        let file = try check(people.map { Row(name: $0.name, card: $0.card, amount: $0.amount / 100) })
        #expect(file.log.warningCounts == [.unusualAmount: 20])
    }

    @Test func theSamePayrollWithinAFewDaysIsOneWarning() throws {
        try ImportFile(office.context()).run(file("now.csv", people))
        office.clock.advance(by: .seconds(3 * 86_400))
        let again = try check(people.reversed(), name: "again.csv")
        #expect(again.log.warningCounts == [.samePayroll: 1] && again.comparison == nil)
        office.clock.advance(by: .seconds(11 * 86_400))
        #expect(try check(people.reversed(), name: "again.csv").log.count == 0)
    }

    @Test func aBatchThatAPersonNamesIsComparedAndStillARepeat() throws {
        try ImportFile(office.context()).run(file("now.csv", people))
        office.clock.advance(by: .seconds(86_400))
        var choices = FileChoices()
        choices.formerBatch = "now"
        let file = try CheckFile(office.context().choosing(choices)).run(file("again.csv", people.reversed())).file
        #expect(file.comparison?.asBefore.rows == 20 && file.log.warningCounts == [.samePayroll: 1])
    }

    @Test func aFileNamedAfterTheNextMonthIsComparedWithTheLastOne() throws {
        try ImportFile(office.context()).run(file("payroll-2026-10.csv", people))
        office.clock.advance(by: .seconds(60))
        let file = try check(people + [Row(name: "Yangi", card: 700)], name: "payroll-2026-11.csv")
        #expect(file.log.count == 0 && file.comparison?.newPeople.count == 1)
    }

    @Test func aCardSharedInTheFirstFileIsWarnedOf() throws {
        var rows = people
        rows[1].card = rows[0].card
        rows[1].amount += 100
        #expect(try check(rows).log.warningCounts == [.sharedCard: 2])
    }

    @Test func theStoredBatchIsComparedAsTheFileWas() throws {
        try importLastMonth()
        var rows = people
        rows[0].card = 500
        try ImportFile(office.context()).run(file("now.csv", rows))
        office.clock.advance(by: .seconds(86_400))
        let ledger = try office.context().openLedger()
        let comparison = try CompareBatch(office.context()).run(ledger.batch(named: "now"), in: ledger)
        #expect(comparison?.changedCards.map(\.now.row) == [2])
        let text = ComparisonText(try #require(comparison), in: .en, timeZone: .gmt).text
        #expect(text.contains("compared with batch “last” of"))
        #expect(text.contains("as before: 19 people, 95 000 000,00 so‘m"))
        #expect(text.contains("row 2, Xodim A, card 860"))
        let hidden = ComparisonText(try #require(comparison), in: .en, timeZone: .gmt, hidesTotals: true).text
        #expect(hidden.contains("all others: as before") && !hidden.contains("19"))
        try ledger.close()
    }

    @Test func kindsThatAreNotAcceptedStopTheFile() async throws {
        try importLastMonth()
        var rows = people
        rows[0].card = 500
        rows[1].amount *= 10
        _ = try file("in/now.csv", rows)
        func round(_ kinds: Set<WarningKind>) async throws -> [InboxRound.Entry.Result] {
            try await Inbox(
                office.context { $0.acceptedWarnings = kinds }, folder: InboxFolder(office.folder.path("in")),
                acceptsWarnings: false, settling: -1_000_000_000, explain: { "\($0.reason)" }
            ).round().entries.map(\.result)
        }
        #expect(try await round([.changedCard]) == [.rejected])
        #expect(office.bank.paid.isEmpty)
        _ = try file("in/now.csv", rows)
        #expect(try await round([.changedCard, .unusualAmount]) == [.done])
        let ledger = try office.context().openLedger()
        let statement = try ledger.statement(of: ledger.batch(named: "now").id)
        #expect(statement.warningsAcceptedBy == "dilnoza@inbox" && statement.warnings[.changedCard] == 1)
        try ledger.close()
    }

    @Test func theRefusalNamesTheKindsThatAreLeft() async throws {
        try importLastMonth()
        var rows = people
        rows[0].card = 500
        rows[3].card = rows[4].card
        let path = try file("now.csv", rows)
        let context = office.context { $0.acceptedWarnings = [.sharedCard] }
        let error = try await #require(throws: OperationError.self) {
            try await PayBatch(context, consent: .given(acceptingWarnings: false)).run(path)
        }
        #expect(error.text(in: .en).contains("--accept changed-card,"))
    }
}
