import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Processing
import Testing

/// What becomes of names and cards that nobody needs any more.
@Suite struct RetentionTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private static let retention = Retention(namesDays: 1000, cardsDays: 100)

    private func pay() async throws {
        let rows = [
            (Samples.card(2), "Дилноза Каримова", "E-101"), (PayingBank.refusedCard, "Anvar Tursunov", "E-102"),
        ]
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: false)).run(
            office.write(
                "id,name,account,mfo,pan,exp,amount\n"
                    + rows.map { "\($2),\($1),20208000900123456001,01183,\($0.digits),1230,100000\n" }.joined(),
                to: "payroll.csv"))
    }

    private func erasure(_ person: String = "admin", changing: (inout SendingRules) -> Void = { _ in })
        -> ErasePersonalData
    {
        ErasePersonalData(office.context(of: person, changing: changing), after: Self.retention)
    }

    /// Whether a file of the ledger, or of what lies beside it, has a text.
    private func isStored(_ text: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(at: office.folder.url, includingPropertiesForKeys: nil).contains {
            try !$0.lastPathComponent.hasSuffix(".csv") && !$0.hasDirectoryPath
                && Data(contentsOf: $0).range(of: Data(text.utf8)) != nil
        }
    }

    private func verify() throws {
        let ledger = try office.context().openLedger()
        defer { try? ledger.close() }
        #expect(try ledger.verify().isEmpty)
    }

    @Test func nothingIsDueBeforeTheDay() async throws {
        try await pay()
        office.clock.advance(by: .seconds(99 * 86_400))
        #expect(try erasure().due().isEmpty)
        office.clock.advance(by: .seconds(86_401))
        let due = try #require(try erasure().due().first)
        #expect(due.names == 0 && due.refused == [3])
    }

    @Test func namesAndCardsAreGoneAndTheLedgerStillProvesItsSums() async throws {
        try await pay()
        #expect(try isStored("Дилноза Каримова") && isStored("E-101"))
        office.clock.advance(by: .seconds(101 * 86_400))
        #expect(try erasure().run(note: "the period ended") == .init(names: 0, withdrawn: 1))
        // The withdrawal changed the batch, so the period of the names starts again.
        office.clock.advance(by: .seconds(999 * 86_400))
        #expect(try erasure().due().isEmpty)
        office.clock.advance(by: .seconds(86_401))
        #expect(try erasure().run(note: "the period ended") == .init(names: 2))
        for text in ["Дилноза Каримова", "Anvar Tursunov", "E-101", "E-102"] { #expect(try !isStored(text)) }
        try verify()
        let statement = try office.context().withLedger { try $0.statement(of: $0.batch(named: "payroll").id) }
        #expect(statement[.paid] == ControlTotals(rows: 1, sum: Tiyin(100_000)))
        #expect(statement[.withdrawn].rows == 1)
        let causes = try office.context().withLedger { ledger in
            try ledger.report(on: ledger.batch(named: "payroll").id) { try $0.history() }
        }.map(\.why)
        #expect(causes.contains(.namesErased(rows: 2)))
        #expect(try erasure().run(note: "the period ended") == .init())
    }

    @Test func aBatchWithAnOpenRowKeepsEverything() async throws {
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: false)).run(
            office.file("payroll.csv", cards: [Samples.card(2), PayingBank.lostCard, PayingBank.refusedCard]))
        office.clock.advance(by: .seconds(2000 * 86_400))
        #expect(try erasure().due().isEmpty)
    }

    @Test func withTwoPeoplesVerdictsOnePersonErasesNoCard() async throws {
        try await pay()
        office.clock.advance(by: .seconds(101 * 86_400))
        let twoPeople: (inout SendingRules) -> Void = { $0.requiresSecondVerdict = true }
        #expect(try erasure("admin", changing: twoPeople).run(note: "the period ended") == .init(proposed: 1))
        #expect(try erasure("admin", changing: twoPeople).run(note: "the period ended") == .init(proposed: 1))
        #expect(try erasure("director", changing: twoPeople).run(note: "the period ended") == .init(withdrawn: 1))
        try verify()
    }

    @Test func aRefusedRowOfALedgerThatWasSetBackStays() async throws {
        try await pay()
        _ = try RecoverLedger(office.context()).run(.older)
        office.clock.advance(by: .seconds(101 * 86_400))
        let due = try #require(try erasure().due().first)
        #expect(due.refused.isEmpty && due.kept == 1)
        #expect(try erasure().run(note: "the period ended") == .init())
    }
}
