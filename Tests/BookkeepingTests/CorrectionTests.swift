import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct CorrectionTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let commits: CommitQueue
    let batch: BatchRecord

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder, who: "maker@office")
        commits = CommitQueue(ledger: ledger)
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
    }

    private func pending() throws -> PendingPayout {
        try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
    }

    /// Sends the first row and makes the bank refuse it.
    private func refuse() async throws -> PendingPayout {
        let payout = try pending()
        _ = try await commits.claim(payout)
        try await commits.settle(payout.attempt, as: .refused(Reason(ReasonCode(rawValue: "card_not_found"))))
        return payout
    }

    private func correct(_ payout: PendingPayout, _ correction: Correction) async throws {
        try await commits.settle(payout.attempt, from: .refused, as: .rerun(correction))
    }

    private static let correction = Correction(
        card: Samples.card(77), expiry: valid { try CardExpiry(mmyy: "1132") }, amount: Tiyin(250_000))

    @Test func aCorrectedRowIsSentAsItWasCorrectedUnderANewId() async throws {
        let old = try await refuse()
        try await correct(old, Self.correction)
        let new = try pending()
        #expect(new.attempt.row == old.attempt.row && new.attempt.id != old.attempt.id)
        #expect(new.order.card == Samples.card(77) && new.order.expiry.mmyy == "1132")
        #expect(new.order.amount == Tiyin(250_000))
        #expect(new.order.account == Samples.account)
        #expect(try ledger.verify() == [])
    }

    @Test func theProofCountsCorrectionsBesideTheFile() async throws {
        let before = try ledger.statement(of: batch.id)
        try await correct(refuse(), Self.correction)
        let after = try ledger.statement(of: batch.id)
        #expect(after.file == before.file)
        #expect(after.corrections == .init(rows: 1, change: Tiyin(250_000 - 200_000)))
        #expect(try after.toPay.sum.count == before.file.sum.count + 50_000)
        #expect(after.addsUp)
    }

    @Test func everyAttemptIsShownWithTheRowAsItWasSent() async throws {
        try await correct(refuse(), Self.correction)
        try await correct(refuse(), Correction(amount: Tiyin(300_000)))
        let tries = try ledger.report(on: batch.id) { snapshot in
            var tries: [StatementRow] = []
            try snapshot.forEachAttempt { tries.append($0) }
            return tries
        }
        #expect(tries.map(\.attempt) == [1, 2, 3])
        #expect(tries.map(\.amount.count) == [200_000, 250_000, 300_000])
        let old = Samples.card(2).masked
        let new = Samples.card(77).masked
        #expect(tries.map(\.maskedCard) == [old, new, new])
        #expect(tries.map(\.state) == [.refused, .refused, .queued])
        #expect(tries.map(\.reason?.code.rawValue) == ["card_not_found", "card_not_found", nil])
    }

    @Test func aCorrectedCardIsFoundAsADuplicateAndTheOldOneIsNot() async throws {
        try await correct(refuse(), Correction(card: Samples.card(77), expiry: try CardExpiry(mmyy: "1132")))
        func duplicates(_ card: CardNumber) throws -> Int {
            let payout = Payout(
                row: 9, account: Samples.account, bankCode: Samples.bankCode, card: card,
                expiry: try CardExpiry(mmyy: "1132"), amount: Tiyin(200_000), name: nil)
            return try ledger.duplicates(of: [payout], importedSince: .distantPast).count
        }
        #expect(try duplicates(Samples.card(77)) == 1)
        #expect(try duplicates(Samples.card(2)) == 0)
    }

    @Test func aCorrectionIsRecordedWithoutFullCardNumbers() async throws {
        try await correct(refuse(), Self.correction)
        let notes = try ledger.read { db in
            try String.fetchAll(db, sql: "SELECT detail FROM event WHERE kind = 'corrected' AND who = 'maker@office'")
        }
        #expect(notes.count == 1)
        #expect(
            notes[0].contains(Samples.card(2).masked)
                && notes[0].contains(#""amountTiyin":{"from":200000,"to":250000}"#))
        #expect(!notes[0].contains(Samples.card(2).digits) && !notes[0].contains(Samples.card(77).digits))
        for sql in ["DELETE FROM correction", "UPDATE correction SET amountTiyin = 1"] {
            #expect(throws: LedgerError.self) { try ledger.write { db in try db.execute(sql: sql) } }
        }
    }

    // MARK: Approval

    private func ledger(of who: String) throws -> Ledger { try Ledger(in: folder, who: who) }

    private var totals: ControlTotals { get throws { try ledger.statement(of: batch.id).toPay } }

    @Test func anApprovalNeedsAnotherPersonAndTheRightTotals() async throws {
        #expect(throws: LedgerError.approverIsMaker(who: "maker@office", made: "imported")) {
            try ledger.approve(batch.id, as: totals)
        }
        #expect(throws: LedgerError.approverIsMaker(who: "maker@home", made: "imported")) {
            try ledger(of: "maker@home").approve(batch.id, as: totals)
        }
        let checker = try ledger(of: "checker@office")
        let other = ControlTotals(rows: 3, sum: Tiyin(1))
        #expect(throws: LedgerError.otherTotals(batch: batch.reference, stated: other, actual: try totals)) {
            try checker.approve(batch.id, as: other)
        }
        #expect(try ledger.approvers(of: batch.id).isEmpty)
        try checker.approve(batch.id, as: totals)
        #expect(try ledger.approvers(of: batch.id) == ["checker@office"])
        #expect(try ledger.statement(of: batch.id).approval == .given(by: ["checker@office"]))
        #expect(try ledger.verify() == [])
    }

    @Test func aCorrectionVoidsTheApprovalAndItsAuthorCannotRenewIt() async throws {
        let checker = try ledger(of: "checker@office")
        try checker.approve(batch.id, as: totals)
        let refused = try await refuse()
        let corrector = try ledger(of: "corrector@office")
        try await CommitQueue(ledger: corrector).settle(refused.attempt, from: .refused, as: .rerun(Self.correction))
        #expect(try ledger.approvers(of: batch.id).isEmpty)
        #expect(throws: LedgerError.approverIsMaker(who: "corrector@office", made: "corrected")) {
            try corrector.approve(batch.id, as: totals, knowing: 1)
        }
        // The checker saw the page before the correction.
        #expect(throws: LedgerError.correctionsNotKnown(batch.reference, count: 1)) {
            try checker.approve(batch.id, as: totals)
        }
        try checker.approve(batch.id, as: totals, knowing: 1)
        // A second approver has not seen it.
        for (who, count) in [("Checker@home", 0), ("chief@office", 1)] {
            #expect(try ledger.report(on: batch.id) { try $0.correctionsToApprove(by: who).count } == count)
        }
        #expect(try ledger.approvers(of: batch.id) == ["checker@office"])
    }

    @Test func aRerunWithoutCorrectionKeepsTheApproval() async throws {
        try ledger(of: "checker@office").approve(batch.id, as: totals)
        let refused = try await refuse()
        try await commits.settle(refused.attempt, from: .refused, as: .rerun(nil))
        #expect(try ledger.approvers(of: batch.id) == ["checker@office"])
    }

    /// Otherwise an ordinary race between two people would look like an altered ledger, and stop the run.
    @Test func aRowThatWasWithdrawnMeanwhileIsNotSentAgain() async throws {
        let refused = try await refuse()
        let row = refused.attempt.row
        try ledger(of: "colleague@office").withdraw(row: row, of: batch.id, note: "left the company")
        await #expect(throws: LedgerError.stateHasChanged(row: row, expected: .refused)) {
            try await commits.settle(refused.attempt, from: .refused, as: .rerun(Self.correction))
        }
        #expect(try ledger.verify() == [])
    }
}
