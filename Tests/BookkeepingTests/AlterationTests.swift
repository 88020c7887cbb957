import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Edits of a ledger's file without its key. Each edit is found, and no edited row is sent.
@Suite struct AlterationTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let batch: BatchRecord

    /// Row 2 is paid, row 3 refused, row 4 unknown, row 5 corrected and queued, and rows 6 to 8 are queued. The batch
    /// is approved.
    init() async throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
        let file = Samples.batch(rows: 7)
        _ = try ledger.importBatch(
            NewBatch(
                reference: file.reference, fileName: file.fileName, digest: file.digest, totals: file.totals,
                warnings: [.amountFarOff: 1], approvalsNeeded: 1, rows: file.rows), isDeliberate: false)
        try ledger.acceptWarnings(of: ledger.batch(named: "payroll"))
        let imported = try ledger.batch(named: "payroll")
        _ = try ledger.bind(imported, to: "https://bank.example", senderName: "ACME", isMoved: false)
        let commits = CommitQueue(ledger: ledger)
        let refused = Reason(ReasonCode(rawValue: "card_not_found"), httpStatus: 400, bankText: "no such card")
        let pending = try ledger.pending(in: imported, senderName: "ACME", after: 0, limit: 4)
        for payout in pending { _ = try await commits.claim(payout) }
        try await commits.settle(pending[0].attempt, as: .paid(Samples.receipt))
        try await commits.settle(pending[1].attempt, as: .refused(refused))
        try await commits.settle(pending[2].attempt, as: .unknown(Reason(.connectionLost)))
        try await commits.settle(pending[3].attempt, as: .refused(refused))
        try await commits.settle(
            pending[3].attempt, from: .refused, as: .rerun(Correction(amount: Tiyin(600_000))))
        let boss = try Ledger(in: folder, who: "boss")
        try boss.approve(imported.id, as: ledger.toPay(of: imported.id), knowing: 1)
        try boss.close()
        batch = try ledger.batch(named: "payroll")
        #expect(try ledger.verify() == [])
    }

    private func edit(_ sql: String) throws {
        try ledger.write { db in try db.execute(sql: sql) }
    }

    /// Removes a trigger first, as somebody with access to the file can.
    private static func without(_ rule: String, _ table: String, _ sql: String) -> String {
        "DROP TRIGGER \(rule); \(sql); "
            + (rule.hasSuffix("AsWritten")
                ? "CREATE TRIGGER \(rule) BEFORE UPDATE ON \(table) BEGIN SELECT RAISE(ABORT, 'x'); END" : "SELECT 1")
    }

    /// Possible edits of the file, and the name that the first fault must contain.
    private static let edits: [(sql: String, named: String)] = [
        ("UPDATE payout SET amountTiyin = amountTiyin * 10 WHERE row = 6", "row 6"),
        (
            "UPDATE batch SET sumTiyin = sumTiyin + 9 * 600000; UPDATE payout SET amountTiyin = amountTiyin * 10 WHERE row = 6",
            "payroll"
        ),
        (
            "UPDATE payout SET amountTiyin = 1300000 - 100000 WHERE row = 6; UPDATE payout SET amountTiyin = 100000 WHERE row = 7",
            "row 6"
        ),
        ("UPDATE payout SET account = '20208000900123456009' WHERE row = 6", "row 6"),
        ("UPDATE payout SET bankCode = '01184' WHERE row = 6", "row 6"),
        ("UPDATE attempt SET agentTranID = agentTranID + 1 WHERE row = 6", "row 6"),
        ("UPDATE attempt SET agentTranID = agentTranID + 1 WHERE row = 2", "row 2"),
        ("UPDATE payout SET name = 'Somebody else' WHERE row = 6", "row 6"),
        ("UPDATE payout SET maskedCard = '860049******9999' WHERE row = 2", "row 2"),
        ("UPDATE payout SET rowKey = 'KT-1' WHERE row = 6", "row 6"),
        (
            """
            UPDATE payout SET sealedCard = (SELECT sealedCard FROM payout WHERE row = 7) WHERE row = 6
            """, "row 6"
        ),
        ("UPDATE batch SET senderName = 'Other'", "payroll"), ("UPDATE batch SET needsApproval = 0", "payroll"),
        ("UPDATE batch SET bank = 'https://other.example'", "payroll"),
        ("UPDATE batch SET importedBy = 'boss'", "payroll"),
        ("UPDATE batch SET acceptedBy = 'boss'", "payroll"), ("UPDATE batch SET fileName = 'other.csv'", "payroll"),
        (without("eventsStayAsWritten", "event", "UPDATE event SET who = 'boss' WHERE id = 3"), "event 3"),
        (without("eventsStayAsWritten", "event", "UPDATE event SET kind = 'resumed' WHERE id = 8"), "event 8"),
        (
            without(
                "eventsStayAsWritten", "event",
                "UPDATE event SET detail = '{\"reason\":\"limit_exceeded\"}' WHERE id = 9"),
            "event 9"
        ),
        (without("approvalsStayAsWritten", "approval", "UPDATE approval SET who = 'chief'"), "approval"),
        (
            """
            INSERT INTO approval (at, who, batchID, fileSHA256, rows, sumTiyin, lastCorrection)
                SELECT at, 'chief', batchID, fileSHA256, rows, sumTiyin, lastCorrection FROM approval
            """, "approval by chief"
        ),
        ("DROP TRIGGER approvalsStay; DELETE FROM approval", "approval"),
        (
            """
            INSERT INTO correction (at, who, batchID, row, number, account, bankCode, maskedCard, amountTiyin, changeTiyin)
                SELECT at, who, batchID, 6, 1, account, bankCode, maskedCard, 600000, 0 FROM correction
            """, "correction of row 6"
        ),
        ("DROP TRIGGER correctionsStay; DELETE FROM correction", "payroll"),
        ("DROP TRIGGER eventsStay; DELETE FROM event WHERE row = 2", "event"),
        ("DROP TRIGGER eventsStay; DELETE FROM event WHERE id = (SELECT max(id) FROM event)", "event"),
        ("DROP TRIGGER paidIsFinal", "paidIsFinal"),
        ("CREATE TRIGGER theirs AFTER UPDATE ON payout BEGIN SELECT 1; END", "theirs"),
        ("UPDATE attempt SET bmID = 1 WHERE row = 2", "row 2"),
        ("UPDATE attempt SET commissionAmountTiyin = 0 WHERE row = 2", "row 2"),
        ("UPDATE payout SET bankText = 'paid at the desk' WHERE row = 3", "row 3"),
        ("UPDATE attempt SET isDoubtful = 0 WHERE row = 4", "row 4"),
        ("UPDATE attempt SET sends = 0 WHERE row = 4", "row 4"),
        ("UPDATE attempt SET lastSentAt = 1, quietSince = 1 WHERE row = 4", "row 4"),
        ("UPDATE attempt SET bmID = 999, commissionAmountTiyin = 7700 WHERE row = 3", "row 3"),
        ("UPDATE attempt SET decidedBy = 'boss' WHERE row = 6", "row 6"),
        ("UPDATE attempt SET verdict = 'refused' WHERE row = 6", "row 6"),
        ("UPDATE payout SET reasonCode = 'limit_exceeded' WHERE row = 2", "row 2"),
        ("UPDATE warning SET count = count + 1", "payroll"), ("DELETE FROM warning", "payroll"),
        ("DELETE FROM chain", "last event"),
        ("UPDATE payout SET state = 'queued', reasonCode = NULL WHERE row = 4", "row 4"),
        ("DELETE FROM attempt WHERE row = 8; DELETE FROM payout WHERE row = 8", "does not add up"),
        (
            """
            UPDATE attempt SET verdict = 'refused' WHERE row = 4;
            INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (123456789012345, 1, 4, 2);
            UPDATE payout SET state = 'queued', reasonCode = NULL WHERE row = 4;
            INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, kind)
                SELECT at, who, 1, 4, agentTranID, 'unknown', 'refused', 'settled' FROM event WHERE id = 3;
            INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, kind)
                SELECT at, who, 1, 4, agentTranID, 'refused', 'queued', 'settled' FROM event WHERE id = 3
            """, "event"
        ),
    ]

    @Test(arguments: edits.indices) func anEditWithoutTheKeyIsFoundAndNamed(place: Int) throws {
        let edit = Self.edits[place]
        try self.edit(edit.sql)
        let faults = try ledger.verify()
        #expect(
            faults.first?.contains(edit.named) == true || faults.contains { $0.contains(edit.named) },
            "\(edit.sql): \(faults)")
        #expect(!faults.isEmpty)
    }

    /// A batch that is removed completely leaves a gap in the chain.
    @Test func aMissingBatchIsFound() throws {
        _ = try ledger.importBatch(Samples.batch(rows: 2, reference: "bonus"), isDeliberate: true)
        try edit(
            """
            DROP TRIGGER eventsStay; DROP TRIGGER approvalsStay; DROP TRIGGER correctionsStay;
            DELETE FROM event WHERE batchID = 1; DELETE FROM approval; DELETE FROM correction; DELETE FROM warning;
            DELETE FROM attempt WHERE batchID = 1; DELETE FROM payout WHERE batchID = 1; DELETE FROM batch WHERE id = 1
            """)
        #expect(try ledger.verify().contains { $0.contains("an event before it is missing") })
    }

    @Test(arguments: [
        "UPDATE payout SET amountTiyin = amountTiyin * 10 WHERE row = 6",
        "UPDATE payout SET amountTiyin = CASE row WHEN 6 THEN 600001 ELSE 699999 END WHERE row IN (6, 7)",
        "UPDATE payout SET account = '20208000900123456009' WHERE row = 6",
        "UPDATE payout SET bankCode = '01184' WHERE row = 6",
        "UPDATE attempt SET agentTranID = agentTranID + 1 WHERE row = 6",
        "UPDATE payout SET sealedCard = (SELECT sealedCard FROM payout WHERE row = 7) WHERE row = 6",
    ]) func anEditedRowIsNotSent(sql: String) throws {
        try edit(sql)
        #expect(throws: LedgerError.cardDoesNotOpen(row: 6)) {
            try ledger.pending(in: batch, senderName: "ACME", after: 5, limit: 1)
        }
    }

    @Test(arguments: [
        "UPDATE batch SET needsApproval = 0", "UPDATE batch SET senderName = 'Other'",
        "UPDATE payout SET amountTiyin = amountTiyin * 10 WHERE row = 6",
        "UPDATE batch SET sumTiyin = sumTiyin + 5400000; UPDATE payout SET amountTiyin = amountTiyin * 10 WHERE row = 6",
        "DELETE FROM attempt WHERE row = 8; DELETE FROM payout WHERE row = 8",
    ]) func aBatchThatWasEditedIsNotRun(sql: String) throws {
        try ledger.checkUnaltered(batch.id)
        try edit(sql)
        #expect(throws: LedgerError.self) { try ledger.checkUnaltered(batch.id) }
    }

    /// The next change must not give an edited record a valid signature.
    @Test func anEditedRecordIsNotSignedAgain() throws {
        try edit("UPDATE batch SET needsApproval = 0")
        #expect(throws: LedgerError.self) { try ledger.askFirst(about: batch.id) }
        #expect(throws: LedgerError.self) {
            try ledger.bind(batch, to: "https://other.example", senderName: "ACME", isMoved: true)
        }
        try edit("UPDATE batch SET needsApproval = 1")
        try ledger.askFirst(about: batch.id)
        #expect(try ledger.verify() == [])
    }

    @Test func aForgedApprovalCountsAsNone() throws {
        #expect(try ledger.approvers(of: batch.id) == ["boss"])
        try edit("DROP TRIGGER approvalsStayAsWritten; UPDATE approval SET who = 'chief'")
        #expect(try ledger.approvers(of: batch.id).isEmpty)
    }

    @Test func verifyingALedgerDoesNotChangeIt() throws {
        try ledger.close()
        let key = KeyFile(path: folder.path("ledger.key"))
        let before = try contents()
        #expect(try Ledger.verify(fileAt: folder.path("payouts.sqlite"), keyFile: key).faults == [])
        #expect(try Ledger.verify(fileAt: folder.path("payouts.sqlite"), keyFile: key).journalFault == nil)
        #expect(try contents() == before)
    }

    private func contents() throws -> [String: Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).reduce(into: [:]) {
            $0[$1] = try Data(contentsOf: folder.url.appendingPathComponent($1))
        }
    }

    @Test func aQuietPeriodThatWasCutShortStartsAgain() throws {
        let honest = try #require(try ledger.unknowns(in: batch.id).first)
        try edit("UPDATE attempt SET lastSentAt = 1, quietSince = 1, notFoundCount = 2, lastAskedAt = 1 WHERE row = 4")
        let edited = try #require(try ledger.unknowns(in: batch.id).first)
        #expect(try #require(edited.quietSince) >= #require(honest.quietSince))
    }

    @Test func aQuietPeriodCountsFromTheEventsAndNotFromTheirEditedTimes() throws {
        try edit(Self.without("eventsStayAsWritten", "event", "UPDATE event SET at = 1 WHERE row = 4"))
        #expect(throws: LedgerError.self) { try ledger.unknowns(in: batch.id) }
    }

    @Test(arguments: ["UPDATE attempt SET isDoubtful = 0 WHERE row = 4"])
    func aForgottenDoubtStopsEveryRun(sql: String) throws {
        try edit(sql)
        for _ in 1...2 { #expect(throws: LedgerError.self) { try ledger.checkUnaltered(batch.id) } }
    }

    @Test func anAlteredRowKeepsItsNameAndIsNotSignedAgain() throws {
        try edit("UPDATE payout SET name = 'Somebody else' WHERE row = 2")
        #expect(throws: LedgerError.self) { try ledger.eraseNames(of: batch.id) }
        #expect(try ledger.read { try String.fetchOne($0, sql: "SELECT name FROM payout WHERE row = 2") } != nil)
        #expect(try ledger.verify().contains { $0.contains("row 2") })
    }
}
