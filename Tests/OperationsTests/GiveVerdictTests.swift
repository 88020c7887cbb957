import Bookkeeping
import Fixtures
import Operations
import Payouts
import Testing

/// Tests the rule of two people: a verdict on a row counts after another person gives the same one.
@Suite struct GiveVerdictTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private func give(_ outcome: RowVerdict.Outcome, as person: String) throws -> GiveVerdict.Outcome {
        try GiveVerdict(office.context(of: person) { $0.requiresSecondVerdict = true })
            .run(RowVerdict(outcome, note: "№ 17"), on: 2, of: "payroll")
    }

    private func pay(_ file: String) async throws {
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: false)).run(file)
    }

    @Test func aVerdictCountsOnceAnotherPersonGivesTheSameOne() async throws {
        try await pay(office.file("payroll.csv", cards: [PayingBank.lostCard]))
        #expect(try give(.notPaid, as: "dilnoza") == .proposed)
        #expect(try give(.notPaid, as: "Dilnoza@home") == .proposed)
        #expect(try give(.paid, as: "rustam") == .proposed)
        #expect(try give(.notPaid, as: "aziza") == .proposed)
        #expect(try give(.notPaid, as: "dilnoza") == .counted)
    }

    @Test func aProposalIsVoidOnceTheRowHasChanged() async throws {
        let file = try office.refusedFile("payroll.csv")
        _ = try ImportFile(office.context()).run(file)
        #expect(try give(.withdrawn, as: "dilnoza") == .proposed)
        try await pay("payroll")
        #expect(try give(.withdrawn, as: "rustam") == .proposed)
        #expect(try give(.withdrawn, as: "dilnoza") == .counted)
    }

    @Test func oneVerdictIsEnoughWhereTheRulesSaySo() async throws {
        try await pay(office.file("payroll.csv", cards: [PayingBank.lostCard]))
        let verdict = GiveVerdict(office.context())
        #expect(try verdict.run(RowVerdict(.paid, note: "№ 17"), on: 2, of: "payroll") == .counted)
    }
}
