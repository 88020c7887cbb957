import Bookkeeping
import Fixtures
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Synchronization
import Testing

/// Tests the consent of a person who sends refused rows again.
@Suite struct RerunTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private static let patient = Duration.seconds(1_000_000)

    @Test func theQuestionNamesUnknownRowsThatMayBeSentAgain() async throws {
        _ = try ImportFile(office.context()).run(
            office.write(
                """
                account,mfo,pan,exp,amount
                20208000900123456001,01183,\(Samples.card(2).digits),1230,100000
                20208000900123456001,01183,\(PayingBank.refusedCard.digits),1230,100000

                """, to: "payroll.csv"))
        try await office.leaveOneRowOnItsWay()
        let run = try await PayBatch(
            office.context(quietPeriod: Self.patient), consent: .given(acceptingWarnings: false)
        ).run("payroll")
        try #require(run.statement[.unknown].rows == 1 && run.statement[.refused].rows == 1)

        let asked = Mutex<ControlTotals?>(nil)
        let consent = Consent.asked(isGiven: false, coversWarnings: false) { question in
            asked.withLock { $0 = question.totals }
            return false
        }
        await #expect(throws: OperationError.self) {
            try await RerunRows(office.context(whenNotFound: .resend)).run(
                "payroll", correctedBy: nil, consent: consent, where: nil)
        }
        #expect(asked.withLock { $0 } == ControlTotals(rows: 2, sum: Tiyin(200_000)))
        #expect(office.bank.paid.isEmpty)
    }

    @Test func theWarningsOfTheFileMustBeAcceptedToo() async throws {
        let rare = Samples.card(3, prefix: "123456")
        _ = try ImportFile(office.context()).run(
            office.write(
                """
                account,mfo,pan,exp,amount
                20208000900123456001,01183,\(Samples.card(2).digits),1230,100000
                20208000900123456001,01183,\(rare.digits),1230,100000
                """, to: "payroll.csv"))
        try await office.leaveOneRowOnItsWay()
        _ = try await ReconcileBatch(office.context(quietPeriod: Self.patient)).run("payroll")
        try ResolveRow(office.context()).run(2, of: "payroll", isPaid: false, note: "the bank says so")
        // After this time the request cannot arrive any more.
        office.clock.advance(by: .seconds(61))

        let rerun = RerunRows(office.context())
        do throws(OperationError) {
            _ = try await rerun.run(
                "payroll", correctedBy: nil, consent: .given(acceptingWarnings: false), where: nil)
            Issue.record("it was paid")
        } catch {
            guard case .consent(.warningsNotAccepted) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
        let run = try await rerun.run(
            "payroll", correctedBy: nil, consent: .given(acceptingWarnings: true), where: nil)
        #expect(run.statement.warningsAcceptedBy == "dilnoza")
        #expect(office.bank.paid.count == 2)
    }

    @Test func aCorrectionWhoseTotalCannotBeAddedIsRefusedBeforeItIsStored() async throws {
        _ = try await PayBatch(office.context(), consent: .given(acceptingWarnings: true)).run(
            office.file("payroll.csv", cards: [Samples.card(2), PayingBank.refusedCard]))
        let table = CorrectionFile.typed(
            [.amount: String(Int64.max)], forRow: 3, options: office.context().fileOptions)
        await #expect(throws: OperationError.self) {
            try await RerunRows(office.context()).run(
                "payroll", correctedBy: table, consent: .given(acceptingWarnings: true), where: nil)
        }
        let statement = try office.context().withLedger { try $0.statement(of: $0.batch(named: "payroll").id) }
        #expect(statement.corrections == .none && statement[.refused].rows == 1)
    }
}
