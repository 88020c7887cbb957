import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Sandbox
import Synchronization
import Testing

/// The inbox folder that cron processes at night.
@Suite struct InboxTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private func round(
        _ context: OperationContext? = nil, onStep: @escaping @Sendable (Inbox.Step) throws -> Void = { _ in }
    ) async throws -> InboxRound {
        try await Inbox(
            context ?? office.context(), folder: InboxFolder(office.folder.path("in")), acceptsWarnings: false,
            settling: -1_000_000_000, explain: { "\($0.reason)" }, onStep: onStep
        ).round()
    }

    private func results(_ round: InboxRound) -> [String: InboxRound.Entry.Result] {
        Dictionary(uniqueKeysWithValues: round.entries.map { ($0.file, $0.result) })
    }

    @Test func theReportOnAWorkbookLiesBesideItAndNotInItsPlace() async throws {
        let rows = (2..<4).map { ["20208000900123456001", "01183", Samples.card($0).digits, "1230", "100000"] }
        let bytes = WrittenWorkbook.bytes([("A", [["account", "mfo", "pan", "exp", "amount"]] + rows)])
        try FileManager.default.createDirectory(atPath: office.folder.path("in"), withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: office.folder.path("in/payroll.xlsx")))
        #expect(results(try await round()) == ["payroll.xlsx": .done])
        #expect(office.bank.paid.count == 2)
        #expect(try office.files(in: "in/done") == ["payroll.report.xlsx", "payroll.xlsx"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: office.folder.path("in/done/payroll.xlsx"))) == Data(bytes))
    }

    // MARK: Files that wait for people

    @Test func aBatchThatWaitsForApprovalHoldsUpNoOther() async throws {
        let careful = office.context(requiresApproval: true)
        try office.file("in/a.csv", rows: 2..<4)
        try office.file("in/b.csv", rows: 12..<14)
        #expect(results(try await round(careful)) == ["a.csv": .waiting, "b.csv": .waiting])
        #expect(office.bank.paid.isEmpty)
        try ApproveBatch(office.context(of: "rustam")).run("b", as: ControlTotals(rows: 2, sum: Tiyin(200_000)))
        #expect(results(try await round(careful)) == ["a.csv": .waiting, "b.csv": .done])
        #expect(try office.files(in: "in/waiting") == ["a.csv"])
        #expect(office.bank.paid.count == 2)
    }

    @Test func anEarlierBatchThatWaitsForApprovalHoldsUpNoNewFile() async throws {
        try office.refusedFile("in/a.csv")
        #expect(results(try await round()) == ["a.csv": .done])
        let careful = office.context(requiresApproval: true)
        let rerun = RerunRows(careful)
        let table = try rerun.corrections(
            from: office.write("row,pan,exp\n2,\(Samples.card(900).digits),1130", to: "fix.csv"))
        await #expect(throws: OperationError.self) {
            try await rerun.run("a", correctedBy: table, consent: .given(acceptingWarnings: false), where: nil)
        }
        try office.file("in/b.csv", rows: 12..<14)
        let night = try await round(careful)
        #expect(results(night) == ["a.csv": .goneOn, "b.csv": .waiting])
        for entry in night.entries {
            guard case .stopped(.refused(.notApproved)) = entry.end else {
                Issue.record("\(entry)")
                continue
            }
        }
        try ApproveBatch(office.context(of: "rustam")).run(
            "a", as: ControlTotals(rows: 1, sum: Tiyin(100_000)), knowing: 1)
        #expect(results(try await round(careful)) == ["a.csv": .goneOn, "b.csv": .waiting])
        #expect(office.bank.paid.map(\.card) == [Samples.card(900)])
    }

    @Test func aFileAboveALimitHoldsUpNoOther() async throws {
        try office.file("in/a.csv", rows: 2..<5)
        try office.file("in/b.csv", rows: 12..<14)
        let night = try await round(office.context(limits: .init(day: Tiyin(200_000))))
        #expect(results(night) == ["a.csv": .waiting, "b.csv": .done])
        #expect(office.bank.paid.count == 2)
    }

    @Test func aBatchOfAnotherBankHoldsUpNoOther() async throws {
        let file = try office.file("in/a.csv", cards: [Samples.card(2), PayingBank.lostCard])
        let elsewhere = office.context(quietPeriod: .seconds(1_000_000), bankAddress: "https://other.example")
        _ = try await PayBatch(elsewhere, consent: .given(acceptingWarnings: false)).run(file)
        try office.file("in/b.csv", rows: 12..<14)
        #expect(results(try await round()) == ["a.csv": .waiting, "b.csv": .done])
    }

    // MARK: Crashes

    private struct Crash: Error {}

    /// - Parameter occurrence: the occurrence of the step after which the round crashes.
    @Test(arguments: Inbox.Step.allCases, 1...2)
    func aRoundThatEndsBetweenAnyTwoStepsIsGoneOnWith(step: Inbox.Step, occurrence: Int) async throws {
        try office.file("in/a.csv", rows: 2..<5)
        try office.file("in/b.csv", rows: 12..<15)
        try office.write(
            "account,mfo,pan,exp,amount\n20208000900123456001,1183,8600069195406311,1230,1", to: "in/bad.csv")
        let seen = Mutex(0)
        do throws(OperationError) {
            _ = try await Inbox(
                office.context(), folder: InboxFolder(office.folder.path("in")), acceptsWarnings: false,
                settling: -1_000_000_000, explain: { "\($0.reason)" }
            ) { now in
                guard now == step else { return }
                let count = seen.withLock { seen in
                    seen += 1
                    return seen
                }
                if count == occurrence { throw Crash() }
            }.round()
            #expect(seen.withLock { $0 } < occurrence, "the step came about, and the round went on")
        } catch {
            guard case .unexpected(is Crash) = error else { throw error }
            #expect(seen.withLock { $0 } == occurrence)
        }
        _ = try await round()
        let ids = office.bank.paid.map(\.id)
        #expect(Set(ids).count == ids.count && ids.count == 6)
        #expect(try office.files(in: "in/done") == ["a.csv", "a.xlsx", "b.csv", "b.xlsx"])
        #expect(try office.files(in: "in/rejected") == ["bad.csv", "bad.findings.xlsx", "bad.txt"])
        #expect(try office.files(in: "in/waiting").isEmpty)
    }
}
