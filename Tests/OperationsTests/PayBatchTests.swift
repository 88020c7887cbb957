import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Synchronization
import Testing

/// The program sends only what a person agreed to and, if the rules require it, another person approved.
@Suite struct PayBatchTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private static let yes = Consent.given(acceptingWarnings: false)

    @Test func aFileIsPaidOnceHoweverOftenItIsRun() async throws {
        let file = try office.file("payroll.csv", rows: 2..<7)
        let first = try await PayBatch(office.context(), consent: Self.yes).run(file)
        #expect(first.outcome == .everyRowPaid && first.statement.addsUp)
        #expect(FileManager.default.fileExists(atPath: first.report))
        let second = try await PayBatch(office.context(), consent: Self.yes).run(file)
        #expect(second.outcome == .everyRowPaid && office.bank.paid.count == 5)
    }

    @Test(arguments: [
        (Consent.asked(isGiven: false, coversWarnings: false, ask: { _ in false }), ConsentError.declined),
        (.asked(isGiven: false, coversWarnings: false, ask: { _ in nil }), .nobodyToAsk),
    ])
    func nothingIsStoredOrSentWithoutConsent(consent: Consent, why: ConsentError) async throws {
        let file = try office.file("payroll.csv", rows: 2..<4)
        do throws(OperationError) {
            _ = try await PayBatch(office.context(), consent: consent).run(file)
            Issue.record("it was paid")
        } catch {
            guard case .consent(why) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
        #expect(try office.context().withLedger { try $0.batches() }.isEmpty)
    }

    @Test func warningsAreNotAcceptedByAYesAlone() async throws {
        let line = "20208000900123456001,01183,8600069195406311,1230,100000"
        let file = try office.write("account,mfo,pan,exp,amount\n\(line)\n\(line)", to: "twice.csv")
        do throws(OperationError) {
            _ = try await PayBatch(office.context(), consent: Self.yes).run(file)
            Issue.record("it was paid")
        } catch {
            guard case .consent(.warningsNotAccepted) = error else { throw error }
        }
        let run = try await PayBatch(office.context(), consent: .given(acceptingWarnings: true)).run(file)
        #expect(run.outcome == .everyRowPaid && run.statement.warningsAcceptedBy == "dilnoza")
    }

    @Test func nobodyAcceptsWarningsIfThereIsNothingToSend() async throws {
        let line = "20208000900123456001,01183,8600069195406311,1230,100000"
        let file = try office.write("account,mfo,pan,exp,amount\n\(line)\n\(line)", to: "twice.csv")
        _ = try ImportFile(office.context()).run(file)
        try office.context().withLedger { ledger in
            let batch = try ledger.batch(named: "twice").id
            for row in [2, 3] { try ledger.withdraw(row: row, of: batch, note: "a mistake") }
        }
        let run = try await PayBatch(office.context(), consent: Self.yes).run("twice")
        #expect(run.statement.warningsAcceptedBy == nil && office.bank.paid.isEmpty)
    }

    /// The file is read once. If somebody changes it while the question is open, the change is neither stored nor sent.
    @Test func theRunPaysExactlyTheCheckedFile() async throws {
        let file = try office.file("payroll.csv", rows: 2..<5)
        let consent = Consent.asked(isGiven: false, coversWarnings: false) { [office] question in
            #expect(question.totals == ControlTotals(rows: 3, sum: Tiyin(300_000)) && question.warnings == 0)
            do {
                try office.file("payroll.csv", rows: 50..<99)
            } catch {
                Issue.record(error)
            }
            return true
        }
        let run = try await PayBatch(office.context(), consent: consent).run(file)
        #expect(run.statement.file.rows == 3)
        #expect(Set(office.bank.paid.map(\.card)) == Set((2..<5).map { Samples.card($0) }))
    }

    @Test func rowsThatWereWithdrawnSinceThePersonAgreedEndTheRun() async throws {
        let context = office.context()
        let stored = try ImportFile(context).run(office.file("payroll.csv", rows: 2..<5)).statement
        let consent = Consent.asked(isGiven: false, coversWarnings: false) { [office] _ in
            do {
                try WithdrawRows(office.context(of: "zafar")).run(3, of: "payroll", note: "left us")
            } catch {
                Issue.record(error)
            }
            return true
        }
        do throws(OperationError) {
            _ = try await PayBatch(context, consent: consent).run(stored.reference)
            Issue.record("it was paid")
        } catch {
            guard case .refused(.changedMeanwhile) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
    }

    @Test func aCorrectionVoidsTheApproval() async throws {
        let careful = office.context(requiresApproval: true)
        let stored = try ImportFile(careful).run(office.refusedFile("payroll.csv")).statement
        let totals = ControlTotals(rows: 1, sum: Tiyin(100_000))
        try ApproveBatch(office.context(of: "rustam")).run("payroll", as: totals)
        #expect(try await PayBatch(careful, consent: Self.yes).run(stored.reference).outcome == .someRefused)
        let rerun = RerunRows(careful)
        let table = try rerun.corrections(
            from: office.write("row,pan,exp\n2,\(Samples.card(900).digits),1130", to: "fix.csv"))
        do throws(OperationError) {
            _ = try await rerun.run("payroll", correctedBy: table, consent: Self.yes, where: nil)
            Issue.record("it was paid")
        } catch {
            guard case .refused(.notApproved) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
        try ApproveBatch(office.context(of: "rustam")).run("payroll", as: totals, knowing: 1)
        #expect(try await PayBatch(careful, consent: Self.yes).run(stored.reference).outcome == .everyRowPaid)
    }

    @Test func twoPeopleDoNotRunOneLedgerAtOnce() async throws {
        let stored = try ImportFile(office.context()).run(office.file("payroll.csv", rows: 2..<5)).statement
        let lock = try office.context(of: "zafar").runnerLock(for: "payroll")
        defer { lock.release() }
        do throws(OperationError) {
            _ = try await PayBatch(office.context(), consent: Self.yes).run(stored.reference)
            Issue.record("it was paid")
        } catch {
            guard case .ledger(.runnerBusy) = error else { throw error }
        }
        #expect(office.bank.paid.isEmpty)
    }

    @Test func theObserverIsToldWhatHappensInItsOrder() async throws {
        _ = try await PayBatch(office.context(), consent: Self.yes).run(office.file("payroll.csv", rows: 2..<3))
        #expect(
            office.events.map(\.name) == [
                "fileChecked", "findings", "started", "working", "moved", "moved", "workEnded", "ended",
                "reportWritten",
            ])
    }

    /// A killed run left a row in flight. The next run asks the bank, which says that the row was not paid.
    @Test func theProgressOfAResumedRunNeverFallsBelowNothing() async throws {
        let context = office.context()
        let stored = try ImportFile(context).run(office.file("payroll.csv", rows: 2..<5)).statement
        try await office.leaveOneRowOnItsWay()
        _ = try await PayBatch(context, consent: Self.yes).run(stored.reference)
        var progress: RunProgress?
        for event in office.events {
            switch event {
            case .working(let work): progress = work.progress
            case .moved(let move):
                progress?.take(move)
                let lowest = PayoutState.allCases.compactMap { progress?[$0].rows }.min() ?? 0
                #expect(lowest >= 0, "\(move)")
            default: break
            }
        }
        #expect(progress?[.unknown].rows == 1)
    }
}

extension RunEvent {
    /// The name of the case without its associated values.
    fileprivate var name: String {
        let text = "\(self)"
        return String(text.prefix { $0 != "(" })
    }
}
