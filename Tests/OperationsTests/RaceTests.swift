import Bookkeeping
import Fixtures
import Operations
import PaymentValues
import Payouts
import Testing

/// The messages for a person whose colleague was faster.
@Suite struct RaceTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    @Test func aRowThatWasWithdrawnSinceItWasCorrectedIsNamed() async throws {
        let context = office.context()
        let consent = Consent.given(acceptingWarnings: false)
        _ = try await PayBatch(context, consent: consent).run(office.refusedFile("payroll.csv"))
        let rerun = RerunRows(context)
        let table = try rerun.corrections(
            from: office.write("row,pan,exp\n2,\(Samples.card(900).digits),1130", to: "fix.csv"))
        let plan = try rerun.plan("payroll", correctedBy: table, where: nil)
        #expect(plan.rows == [2] && plan.totals == ControlTotals(rows: 1, sum: Tiyin(100_000)))
        try WithdrawRows(office.context(of: "zafar")).run(2, of: "payroll", note: "left us")
        do throws(OperationError) {
            _ = try await rerun.run(
                "payroll", correctedBy: table, consent: .confirmed(plan.totals, warnings: 0), where: nil)
            Issue.record("it was paid")
        } catch {
            guard case .correction(.notRefused(row: 2, .withdrawn)) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
    }

    @Test func aFileThatIsAnotherThanItsPersonSawIsNotStored() throws {
        let context = office.context()
        try context.openLedger().close()
        let path = try office.file("payroll.csv", rows: 2..<5)
        let seen = try CheckFile(context).run(path)
        try office.file("payroll.csv", rows: 2..<9)
        let reference = try BatchReference("payroll")
        do throws(OperationError) {
            _ = try ImportFile(context).run(seen.file, at: path, as: reference, isDeliberate: false)
            Issue.record("it was stored")
        } catch {
            guard case .refused(.changedMeanwhile) = error else { throw error }
        }
    }
}
