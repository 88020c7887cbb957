import Bookkeeping
import Fixtures
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Testing

/// Tests the limits and approvals that payout checks before it sends a batch. Each row pays 100 000 tiyin.
@Suite struct SendingChecksTests {
    private let office: Office

    init() throws {
        office = try Office()
    }

    private static let yes = Consent.given(acceptingWarnings: false)

    private func pay(_ fileOrBatch: String, in context: OperationContext) async throws(OperationError) {
        _ = try await PayBatch(context, consent: Self.yes).run(fileOrBatch)
    }

    /// Corrects row 3 of the batch `payroll`, which the bank refused, and pays it again.
    private func payCorrected(in context: OperationContext) async throws(OperationError) {
        let rerun = RerunRows(context)
        let table = try rerun.corrections(from: office.folder.path("fix.csv"))
        _ = try await rerun.run("payroll", correctedBy: table, consent: Self.yes, where: nil)
    }

    private func refusal(
        _ work: () async throws(OperationError) -> Void
    ) async throws(OperationError) -> SendingRefusal? {
        do throws(OperationError) {
            try await work()
            return nil
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return refusal
        }
    }

    private static func payroll() throws -> BatchReference { try BatchReference("payroll") }

    // MARK: Limits

    @Test(arguments: [
        (SendingRules.Limits(row: Tiyin(99_999)), SendingRules.Limits(row: Tiyin(100_000))),
        (.init(batch: Tiyin(299_999)), .init(batch: Tiyin(300_000))),
        (.init(day: Tiyin(299_999)), .init(day: Tiyin(300_000))),
    ])
    func aRowAtALimitIsPaidAndARowAboveItIsNot(above: SendingRules.Limits, at: SendingRules.Limits) async throws {
        let file = try office.file("payroll.csv", rows: 2..<5)
        _ = try ImportFile(office.context()).run(file)
        let refused = try await refusal { () throws(OperationError) in
            try await pay("payroll", in: office.context(limits: above))
        }
        switch refused {
        case .rowAboveLimit(let row, _, _): #expect(row == 2 && above.row != nil)
        case .batchAboveLimit(_, let sum, _): #expect(sum == Tiyin(300_000) && above.batch != nil)
        case .dayAboveLimit(let sent, let toSend, _):
            #expect(sent == .zero && toSend == Tiyin(300_000) && above.day != nil)
        default: Issue.record("\(String(describing: refused))")
        }
        #expect(office.bank.paid.isEmpty)
        try await pay("payroll", in: office.context(limits: at))
        #expect(office.bank.paid.count == 3)
    }

    /// Otherwise a batch above the limit could be paid in parts.
    @Test func theBatchsLimitIsHeldAgainstTheWholeBatchAndNotAgainstWhatIsLeftOfIt() async throws {
        _ = try ImportFile(office.context()).run(office.file("payroll.csv", rows: 2..<5))
        try WithdrawRows(office.context()).run(4, of: "payroll", note: "left us")
        let limit = Tiyin(299_999)
        let refused = try await refusal { () throws(OperationError) in
            try await pay("payroll", in: office.context(limits: .init(batch: limit)))
        }
        #expect(refused == .batchAboveLimit(try Self.payroll(), sum: Tiyin(300_000), limit: limit))
        #expect(office.bank.paid.isEmpty)
    }

    @Test func aBatchThatIsTooLargeToAddIsAboveTheDaysLimit() async throws {
        let context = office.context(limits: .init(day: Tiyin(300_000)))
        try await pay(office.file("payroll.csv", rows: 2..<3), in: context)
        let huge = try office.write(
            "account,mfo,pan,exp,amount\n20208000900123456001,01183,\(Samples.card(9).digits),1230,\(Int64.max)\n",
            to: "huge.csv")
        let refused = try await refusal { () throws(OperationError) in try await pay(huge, in: context) }
        #expect(
            refused == .dayAboveLimit(sent: Tiyin(100_000), toSend: Tiyin(Int64.max), limit: Tiyin(300_000)))
    }

    @Test func theDaysLimitCountsAllBatchesOfTheDay() async throws {
        let context = office.context(limits: .init(day: Tiyin(300_000)))
        try await pay(office.file("payroll.csv", rows: 2..<4), in: context)
        let bonus = try office.file("bonus.csv", rows: 12..<14)
        let refused = try await refusal { () throws(OperationError) in try await pay(bonus, in: context) }
        #expect(refused == .dayAboveLimit(sent: Tiyin(200_000), toSend: Tiyin(200_000), limit: Tiyin(300_000)))
        office.clock.advance(by: .seconds(86_400))
        try await pay(bonus, in: context)
        #expect(office.bank.paid.count == 4)
    }

    @Test func aFinishedBatchNeedsNothingOfALimit() async throws {
        let file = try office.file("payroll.csv", rows: 2..<4)
        try await pay(file, in: office.context())
        try await pay(file, in: office.context(limits: .init(batch: Tiyin(1), day: Tiyin(1))))
    }

    /// Nobody knows whether the payment of its card arrived.
    @Test func anUnknownRowOfTheSameBatchCountsForTheDay() async throws {
        let file = try office.file("payroll.csv", cards: [PayingBank.lostCard, PayingBank.refusedCard])
        try await pay(file, in: office.context())
        try office.write("row,pan,exp\n3,\(Samples.card(900).digits),1130", to: "fix.csv")
        let refused = try await refusal { () throws(OperationError) in
            try await payCorrected(in: office.context(limits: .init(day: Tiyin(199_999))))
        }
        #expect(refused == .dayAboveLimit(sent: Tiyin(100_000), toSend: Tiyin(100_000), limit: Tiyin(199_999)))
        #expect(office.bank.paid.isEmpty)
        try await pay("payroll", in: office.context(limits: .init(day: Tiyin(200_000))))
        #expect(office.bank.paid.map(\.card) == [Samples.card(900)])
    }

    /// The rows to send already include an unknown row that may be sent again.
    @Test func anUnknownRowThatMayBeSentAgainCountsOnceForTheDay() async throws {
        func context(_ day: Int64) -> OperationContext {
            office.context(limits: .init(day: Tiyin(day)), whenNotFound: .resend)
        }
        let file = try office.file("payroll.csv", cards: [PayingBank.lostCard, Samples.card(900)])
        try await pay(file, in: context(200_000))
        try await pay(file, in: context(200_000))
        let refused = try await refusal { () throws(OperationError) in try await pay(file, in: context(199_999)) }
        #expect(refused == .dayAboveLimit(sent: Tiyin(100_000), toSend: Tiyin(100_000), limit: Tiyin(199_999)))
    }

    // MARK: Approval

    @Test func aBatchThatWasImportedForApprovalNeedsItWhereTheRuleIsForgotten() async throws {
        _ = try ImportFile(office.context(requiresApproval: true)).run(office.file("payroll.csv", rows: 2..<4))
        let refused = try await refusal { () throws(OperationError) in try await pay("payroll", in: office.context()) }
        let totals = ControlTotals(rows: 2, sum: Tiyin(200_000))
        #expect(refused == .notApproved(try Self.payroll(), totals))
        #expect(office.bank.paid.isEmpty)
    }

    @Test func aBatchThatWasImportedBeforeTheRuleNeedsApproval() async throws {
        _ = try ImportFile(office.context()).run(office.file("payroll.csv", rows: 2..<4))
        let careful = office.context(requiresApproval: true)
        let refused = try await refusal { () throws(OperationError) in try await pay("payroll", in: careful) }
        let totals = ControlTotals(rows: 2, sum: Tiyin(200_000))
        #expect(refused == .notApproved(try Self.payroll(), totals))
        try ApproveBatch(office.context(of: "rustam")).run("payroll", as: totals)
        try await pay("payroll", in: careful)
        #expect(office.bank.paid.count == 2)
    }

    @Test func theTotalDecidesHowManyPeopleMustApprove() async throws {
        let context = office.context { rules in
            rules.approvalAbove = Tiyin(199_999)
            rules.twoApprovalsAbove = Tiyin(200_000)
        }
        let (two, three) = (ControlTotals(rows: 2, sum: Tiyin(200_000)), ControlTotals(rows: 3, sum: Tiyin(300_000)))
        for (name, rows, totals, approvers) in [
            ("one", 2..<3, ControlTotals(rows: 1, sum: Tiyin(100_000)), []),
            ("two", 12..<14, two, ["rustam"]), ("three", 22..<25, three, ["rustam", "aziza"]),
        ] {
            _ = try ImportFile(context).run(office.file("\(name).csv", rows: rows))
            for approver in approvers {
                let refused = try await refusal { () throws(OperationError) in try await pay(name, in: context) }
                #expect(refused == .notApproved(try BatchReference(name), totals), "\(name) before \(approver)")
                try ApproveBatch(office.context(of: approver)).run(name, as: totals)
            }
            try await pay(name, in: context)
        }
        #expect(office.bank.paid.count == 6)
    }

    @Test func aTotalAtTheLimitForApprovalNeedsNone() async throws {
        let context = office.context { rules in
            rules.approvalAbove = Tiyin(200_000)
            rules.twoApprovalsAbove = Tiyin(200_000)
        }
        try await pay(office.file("payroll.csv", rows: 2..<4), in: context)
        #expect(office.bank.paid.count == 2)
    }

    @Test func aRejectedBatchIsNotSentEvenIfItNeedsNoApproval() async throws {
        _ = try ImportFile(office.context()).run(office.file("payroll.csv", rows: 2..<4))
        try RejectBatch(office.context(of: "rustam")).run("payroll", note: "the wrong month")
        let refused = try await refusal { () throws(OperationError) in try await pay("payroll", in: office.context()) }
        #expect(refused == .rejected(try Self.payroll(), by: "rustam", note: "the wrong month"))
        #expect(office.bank.paid.isEmpty)
    }
}
