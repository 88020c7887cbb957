import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Approvals by several people, rejections, and cancellations.
@Suite struct SeveralApprovalsTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let batch: BatchRecord

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder, who: "maker@office")
        let file = Samples.batch(rows: 3)
        _ = try ledger.importBatch(
            NewBatch(
                reference: file.reference, fileName: file.fileName, digest: file.digest, totals: file.totals,
                approvalsNeeded: 2, rows: file.rows), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
    }

    private func ledger(of who: String) throws -> Ledger { try Ledger(in: folder, who: who) }

    private func approve(as who: String) throws {
        let corrections = try ledger.report(on: batch.id) { try $0.correctionCount }
        try ledger(of: who).approve(batch.id, as: ledger.statement(of: batch.id).toPay, knowing: corrections)
    }

    private var approval: BatchStatement.Approval { get throws { try ledger.statement(of: batch.id).approval } }

    @Test func onePersonCountsOnce() throws {
        #expect(try approval == .missing(after: []))
        try approve(as: "checker@office")
        #expect(throws: LedgerError.alreadyApproved(batch.reference)) { try approve(as: "Checker@home") }
        #expect(try approval == .missing(after: ["checker@office"]))
        try approve(as: "chief@office")
        #expect(try approval == .given(by: ["checker@office", "chief@office"]))
        #expect(try ledger.verify() == [])
    }

    @Test func theMakerIsTheSamePersonInCapitals() throws {
        #expect(throws: LedgerError.approverIsMaker(who: "Maker@desk", made: "imported")) {
            try approve(as: "Maker@desk")
        }
    }

    /// The kernel remembers the account of the login, even if its name has changed.
    @Test func theSameLoginIsTheSamePersonUnderAnyName() throws {
        let file = Samples.batch(rows: 2, reference: "second")
        let ledger = try ledger(of: "dilnoza@office#1004")
        _ = try ledger.importBatch(
            NewBatch(
                reference: file.reference, fileName: file.fileName, digest: file.digest, totals: file.totals,
                approvalsNeeded: 2, rows: file.rows), isDeliberate: true)
        let second = try ledger.batch(named: "second").id
        let totals = try ledger.statement(of: second).toPay
        for who in ["boss@office#1004", "Dilnoza@office#1005", "dilnoza@desk"] {
            #expect(throws: LedgerError.approverIsMaker(who: who, made: "imported")) {
                try self.ledger(of: who).approve(second, as: totals)
            }
        }
        try self.ledger(of: "boss@office#1005").approve(second, as: totals)
        #expect(throws: LedgerError.alreadyApproved(try BatchReference("second"))) {
            try self.ledger(of: "chief@office#1005").approve(second, as: totals)
        }
        try self.ledger(of: "chief@warehouse#1004").approve(second, as: totals)
        #expect(try ledger.approvers(of: second) == ["boss@office#1005", "chief@warehouse#1004"])
    }

    @Test func aRejectionVoidsApprovalsUntilACorrection() async throws {
        try approve(as: "checker@office")
        let commits = CommitQueue(ledger: ledger)
        let row = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        _ = try await commits.claim(row)
        try await commits.settle(row.attempt, as: .refused(Reason(ReasonCode(rawValue: "card_not_found"))))
        try ledger(of: "chief@office").reject(batch.id, note: "card 8600060905809696")
        #expect(try approval == .rejected(by: "chief@office", note: "card 860006******9696"))
        for act in [{ try self.approve(as: "other@office") }, { try self.ledger.reject(self.batch.id, note: "x") }] {
            #expect(throws: LedgerError.wasRejected(batch.reference, by: "chief@office")) { try act() }
        }
        try await commits.settle(row.attempt, from: .refused, as: .rerun(Correction(amount: Tiyin(300_000))))
        #expect(try approval == .missing(after: []))
        try approve(as: "checker@office")
        #expect(try ledger.verify() == [])
        try ledger(of: "chief@office").reject(batch.id, note: "again")
        #expect(try approval == .rejected(by: "chief@office", note: "again"))
    }

    /// Its total stays, but the money goes elsewhere.
    @Test func aCorrectedCardVoidsTheApprovals() async throws {
        for who in ["checker@office", "chief@office"] { try approve(as: who) }
        let commits = CommitQueue(ledger: ledger)
        let row = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        _ = try await commits.claim(row)
        try await commits.settle(row.attempt, as: .refused(Reason(ReasonCode(rawValue: "card_not_found"))))
        #expect(try approval == .given(by: ["checker@office", "chief@office"]))
        try await commits.settle(row.attempt, from: .refused, as: .rerun(Correction(card: Samples.card(900))))
        #expect(try approval == .missing(after: []))
    }

    @Test func anApprovalThatTheKeyDidNotSignDoesNotCount() throws {
        try approve(as: "checker@office")
        try ledger.write { db in
            try db.execute(
                sql: """
                    INSERT INTO approval (at, who, batchID, fileSHA256, rows, sumTiyin, lastCorrection, signature)
                    SELECT at, 'chief@office', batchID, fileSHA256, rows, sumTiyin, lastCorrection, signature FROM approval
                    """)
        }
        #expect(try approval == .missing(after: ["checker@office"]))
    }

    @Test func aCancelledBatchHasNoRowsLeftToSend() throws {
        try ledger.cancel(batch.id, note: "the wrong file")
        let statement = try ledger.statement(of: batch.id)
        #expect(statement[.withdrawn].rows == 3 && statement.addsUp)
        #expect(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 3).isEmpty)
        let history = try ledger.report(on: batch.id) { try $0.history() }
        #expect(history.map(\.why).contains(.cancelled(note: "the wrong file")))
        #expect(try ledger.verify() == [])
        #expect(throws: LedgerError.alreadyStarted(batch.reference)) { try ledger.cancel(batch.id, note: "again") }
        #expect(throws: LedgerError.nothingToReject(batch.reference)) { try ledger.reject(batch.id, note: "late") }
    }

    @Test func aBatchThatWasStartedIsNotCancelled() async throws {
        let commits = CommitQueue(ledger: ledger)
        let row = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        _ = try await commits.claim(row)
        #expect(throws: LedgerError.alreadyStarted(batch.reference)) { try ledger.cancel(batch.id, note: "x") }
        // The row was not processed and waits again, but the bank has seen it.
        try await commits.settle(row.attempt, as: .requeued(Reason(.tooManyRequests)))
        #expect(throws: LedgerError.alreadyStarted(batch.reference)) { try ledger.cancel(batch.id, note: "x") }
        #expect(try ledger.statement(of: batch.id).notSent.rows == 3)
    }

    @Test func aRebuiltLedgerCancelsNothing() throws {
        try ledger.askFirst(about: batch.id)
        #expect(throws: LedgerError.alreadyStarted(batch.reference)) { try ledger.cancel(batch.id, note: "x") }
    }

    /// A version of payout that knows no rejections must not send such a batch.
    @Test(arguments: [10, 11]) func aLedgerOfAnEarlierSchemaIsUpgraded(number: Int) throws {
        try ledger.close()
        let queue = try DatabaseQueue(path: ledger.path)
        try queue.write { db in
            try db.execute(
                sql: "DELETE FROM grdb_migrations WHERE CAST(identifier AS INTEGER) > ?", arguments: [number])
            if number < 11 { try db.execute(sql: "DROP TABLE statementPayout; DROP TABLE bankStatement") }
        }
        #expect(try queue.read(LedgerSchema.version) == .previous)
        try queue.close()
        let again = try Ledger(in: folder, who: "maker@office")
        #expect(try again.pool.read(LedgerSchema.version) == .current)
        #expect(try again.statement(of: batch.id).approvalsNeeded == 2)
        #expect(try again.bankStatements(of: Samples.account).isEmpty)
        #expect(try again.verify() == [])
    }

    @Test func nobodyApprovesTheSameFormTwice() throws {
        try approve(as: "chief@office")
        #expect(throws: LedgerError.alreadyApproved(batch.reference)) { try approve(as: "chief@laptop") }
        let approvals = try ledger.report(on: batch.id) { try $0.history() }.filter { $0.why.kind == .approved }
        #expect(approvals.count == 1)
    }
}
