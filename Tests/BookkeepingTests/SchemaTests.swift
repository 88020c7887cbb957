import Fixtures
import Foundation
import GRDB
import Payouts
import Testing

@testable import Bookkeeping

/// Tests that the tables themselves forbid impossible states.
@Suite struct SchemaTests {
    let folder: TemporaryFolder
    let ledger: Ledger

    /// Row 2 is paid, row 3 unknown, row 4 refused.
    init() async throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        let batch = try ledger.batch(named: "payroll")
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 3)
        for payout in pending { _ = try await commits.claim(payout) }
        try await commits.settle(pending[0].attempt, as: .paid(Samples.receipt))
        try await commits.settle(pending[1].attempt, as: .unknown(Reason(.noAnswerInTime)))
        try await commits.settle(pending[2].attempt, as: .refused(Reason(.failedAtBank)))
    }

    @Test(arguments: [
        "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 3, 2)",
        "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 99, 1)",
        "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 2, 2)",
        """
        INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 4, 2);
        UPDATE attempt SET verdict = 'open' WHERE row = 4 AND number = 1;
        """,
        """
        INSERT INTO attempt (agentTranID, batchID, row, number, verdict) VALUES (1, 1, 3, 2, 'refused');
        UPDATE attempt SET verdict = 'open' WHERE row = 3 AND number = 2;
        """,
        "UPDATE attempt SET row = 2, number = 2 WHERE row = 3",
        "UPDATE attempt SET verdict = 'paid', bmID = NULL WHERE row = 3",
        "UPDATE payout SET state = 'queued', sealedCard = x'00' WHERE row = 2",
        "DELETE FROM event", "UPDATE event SET kind = 'resumed'",
        "INSERT INTO event (at, who, batchID) VALUES (0, 'x', 1)",
    ])
    func theTablesForbidWhatMustNeverHappen(sql: String) {
        #expect(throws: LedgerError.self) { try ledger.write { db in try db.execute(sql: sql) } }
    }

    @Test func aRefusedRowGetsItsNextAttempt() throws {
        try ledger.write { db in
            try db.execute(
                sql: """
                    UPDATE attempt SET verdict = 'open' WHERE row = 4;
                    UPDATE attempt SET verdict = 'refused' WHERE row = 4;
                    INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 4, 2);
                    UPDATE attempt SET verdict = 'paid', bmID = 1 WHERE row = 4 AND number = 2;
                    """)
        }
        let verdicts = try ledger.read { db in
            try String.fetchAll(db, sql: "SELECT verdict FROM attempt WHERE row = 4 ORDER BY number")
        }
        #expect(verdicts == ["refused", "paid"])
    }

    @Test(arguments: PayoutState.allCases.map(\.rawValue) + ["posted", "", "Paid", "queued "])
    func aRowHasOneOfTheStatesAndNoOther(state: String) throws {
        let isFinal = ["paid", "withdrawn"].contains(state)
        let change = { (db: Database) in
            try db.execute(
                sql: "UPDATE payout SET state = ?, sealedCard = \(isFinal ? "NULL" : "x'02'") WHERE row = 3",
                arguments: [state])
        }
        if PayoutState(rawValue: state) != nil {
            try ledger.write(.inStep, change)
        } else {
            #expect(throws: LedgerError.self) { try ledger.write(.inStep, change) }
        }
    }

    @Test(arguments: ["open", "paid", "refused", "settled", "Open", ""])
    func anAttemptHasOneOfTheVerdictsAndNoOther(verdict: String) throws {
        let change = { (db: Database) in
            try db.execute(sql: "UPDATE attempt SET verdict = ?, bmID = 1 WHERE row = 3", arguments: [verdict])
        }
        if ["open", "paid", "refused"].contains(verdict) {
            try ledger.write(.inStep, change)
        } else {
            #expect(throws: LedgerError.self) { try ledger.write(.inStep, change) }
        }
    }

    /// A million payouts must not slow down the list of people's actions.
    @Test func theTwoEventsOfAPayoutAreNotInTheIndexOfPeoplesActions() throws {
        let plan = try ledger.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT * FROM event
                    WHERE batchID = 1 AND kind <> 'claimed' AND kind <> 'settled' AND kind IN ('decided', 'corrected')
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("eventByKind") }, "\(plan)")
    }
}
