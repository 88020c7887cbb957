import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct MigrationTests {
    /// A ledger as the first version left it: a row of each state that it knew, with what it knew of their attempts.
    private func ledgerOfVersion1(in folder: TemporaryFolder) throws {
        let queue = try DatabaseQueue(path: folder.path("payouts.sqlite"))
        let seal = try CardSeal(key: KeyFile(path: folder.path("ledger.key")).readOrCreate())
        func sealed(row: Int) throws -> String {
            let key = CardSeal.RowKey(
                reference: try BatchReference("payroll"), digest: Samples.batch(rows: 1).digest, row: row)
            let payout = Samples.payout(row: row)
            return try seal.seal(payout.card, payout.expiry, boundTo: CardSeal.Binding(beforeVersion9: key))
                .map { String(format: "%02x", $0) }.joined()
        }
        let (third, fourth) = (try sealed(row: 3), try sealed(row: 4))
        try LedgerSchema.migrator(signingWith: nil).migrate(queue, upTo: "1: batches, payouts, attempts, events")
        try queue.write { db in
            try db.execute(sql: "INSERT INTO ledgerKey (id, keyCheck) VALUES (1, ?)", arguments: [seal.keyCheck])
            try db.execute(
                sql: """
                    INSERT INTO batch (id, reference, fileName, fileSHA256, rows, sumTiyin, importedBy, importedAt, warnings, bank,
                        senderName) VALUES (1, 'payroll', 'payroll.csv', '\(String(repeating: "5a", count: 32))', 3, 600, 'aziz',
                        1764000000000, 0, 'https://bank.example', 'ACME');
                    INSERT INTO payout (batchID, row, account, bankCode, maskedCard, sealedCard, cardFingerprint, amountTiyin,
                        state, reasonCode, changedAt) VALUES
                        (1, 2, '20208000900123456001', '01183', '860049******0001', NULL, x'01', 100, 'paid', NULL, 5),
                        (1, 3, '20208000900123456001', '01183', '860049******0002', x'\(third)', x'02', 200, 'unknown',
                            'no_answer_in_time', 6),
                        (1, 4, '20208000900123456001', '01183', '860049******0003', x'\(fourth)', x'03', 300, 'refused',
                            'card_not_found', 7);
                    INSERT INTO attempt (agentTranID, batchID, row, number, verdict, sends, isDoubtful, lastSentAt, quietSince,
                        lastAskedAt, notFoundCount, bmID, commission, commissionAmountTiyin) VALUES
                        (100000000000002, 1, 2, 1, 'paid', 1, 0, 10, NULL, NULL, 0, 173388802, '0.4', 40),
                        (100000000000003, 1, 3, 1, 'open', 1, 1, 20, 30, 40, 2, NULL, NULL, NULL),
                        (100000000000004, 1, 4, 1, 'refused', 1, 0, 50, NULL, NULL, 0, NULL, NULL, NULL);
                    INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, why) VALUES
                        (1, 'aziz', 1, 2, 100000000000002, 'queued', 'sending', 'sending'),
                        (1, 'aziz', 1, 2, 100000000000002, 'sending', 'paid', 'paid'),
                        (1, 'aziz', 1, 3, 100000000000003, 'queued', 'sending', 'sending'),
                        (1, 'aziz', 1, 3, 100000000000003, 'sending', 'unknown', 'no_answer_in_time'),
                        (1, 'aziz', 1, 4, 100000000000004, 'queued', 'sending', 'sending'),
                        (1, 'aziz', 1, 4, 100000000000004, 'sending', 'refused', 'card_not_found'),
                        (1, 'aziz', 1, NULL, NULL, NULL, 'queued', 'imported: 3 rows, 600 tiyin');
                    """)
        }
        try queue.close()
    }

    @Test func aLedgerOfTheFirstVersionIsTakenOverWhole() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        #expect(try ledger.verify() == [])
        let batch = try ledger.batch(named: "payroll")
        #expect(!batch.asksFirst && !batch.needsApproval)
        let unknown = try #require(try ledger.unknowns(in: batch.id).first)
        #expect(unknown.attempt.id.number == 100_000_000_000_003)
        #expect(unknown.notFoundCount == 2)
        #expect(unknown.lastAskedAt == Date(milliseconds: 40))
        #expect(try ledger.paid(in: batch.id).map(\.attempt.id.number) == [100_000_000_000_002])
        #expect(try ledger.refused(in: batch.id).map(\.reason?.code.rawValue) == ["card_not_found"])
        #expect(try ledger.statement(of: batch.id).commission == Tiyin(40))
    }

    @Test func theEventsOfALedgerTakenOverKeepTheirPlacesAndGoOnBehindThem() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        try ledger.askFirst(about: ledger.batch(named: "payroll").id)
        let events = try ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT id, at, row, toState FROM event ORDER BY id")
        }
        #expect(events.map { $0["id"] } == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(events.prefix(6).map { $0["row"] } == [2, 2, 3, 3, 4, 4])
        #expect(
            events.prefix(6).map { $0["toState"] } == ["sending", "paid", "sending", "unknown", "sending", "refused"])
    }

    @Test func whatTheFirstVersionForbadeIsForbiddenStill() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        for sql in [
            "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 3, 2)",
            "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 99, 1)",
            "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 2, 2)",
            """
            INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 4, 2);
            UPDATE attempt SET verdict = 'open', isRefused = 0 WHERE row = 4 AND number = 1;
            """,
            """
            INSERT INTO attempt (agentTranID, batchID, row, number, verdict, isRefused) VALUES (1, 1, 3, 2, 'refused', 1);
            UPDATE attempt SET verdict = 'open', isRefused = 0 WHERE row = 3 AND number = 2;
            """,
            "UPDATE attempt SET row = 2, number = 2 WHERE row = 3",
            "UPDATE attempt SET verdict = 'paid', bmID = NULL WHERE row = 3",
            "UPDATE payout SET state = 'queued', sealedCard = x'00' WHERE row = 2", "DELETE FROM event",
        ] {
            #expect(throws: LedgerError.self, "\(sql)") { try ledger.write { db in try db.execute(sql: sql) } }
        }
    }

    /// Live attempts are found by the one, and what a person reads is the other.
    @Test(arguments: [
        "UPDATE attempt SET verdict = 'open' WHERE row = 4", "UPDATE attempt SET verdict = 'refused' WHERE row = 3",
        "UPDATE attempt SET isRefused = 1 WHERE row = 3", "UPDATE attempt SET isRefused = 0 WHERE row = 4",
    ])
    func anAttemptsVerdictAndWhetherItIsRefusedNeverDiffer(sql: String) throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        #expect(throws: LedgerError.self) { try ledger.write { db in try db.execute(sql: sql) } }
    }

    @Test func aLedgerIsNotTakenOverWhileARunOfAnEarlierProgramIsOn() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let run = try RunnerLock(ledgerPath: folder.path("payouts.sqlite"), holder: "an earlier program")
        #expect(throws: LedgerError.runnerBusy(holder: "an earlier program")) { try Ledger(in: folder) }
        run.release()
        _ = try Ledger(in: folder)
        // The ledger is of this version now: it is opened beside any run.
        let next = try RunnerLock(ledgerPath: folder.path("payouts.sqlite"), holder: "a run")
        _ = try Ledger(in: folder)
        next.release()
    }

    @Test func aRefusedRowGetsItsNextAttemptAndTheBankMayTakeTheRefusalOfItsLastBack() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        try ledger.write { db in
            try db.execute(
                sql: """
                    UPDATE attempt SET verdict = 'open', isRefused = 0 WHERE row = 4;
                    UPDATE attempt SET verdict = 'refused', isRefused = 1 WHERE row = 4;
                    INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (1, 1, 4, 2);
                    UPDATE attempt SET verdict = 'paid', bmID = 1 WHERE row = 4 AND number = 2;
                    """)
        }
        let verdicts = try ledger.read { db in
            try String.fetchAll(db, sql: "SELECT verdict FROM attempt WHERE row = 4 ORDER BY number")
        }
        #expect(verdicts == ["refused", "paid"])
    }

    /// Their rules are said without lists since version 6, and must not have become others by it.
    @Test(arguments: PayoutState.allCases.map(\.rawValue) + ["posted", "", "Paid", "queued "])
    func aRowHasOneOfTheStatesAndNoOther(state: String) throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        let isKnown = PayoutState(rawValue: state) != nil
        let isFinal = ["paid", "withdrawn"].contains(state)
        let change = { (db: Database) in
            try db.execute(
                sql: "UPDATE payout SET state = ?, sealedCard = \(isFinal ? "NULL" : "x'02'") WHERE row = 3",
                arguments: [state])
        }
        if isKnown {
            try ledger.write(.inStep, change)
        } else {
            #expect(throws: LedgerError.self) { try ledger.write(.inStep, change) }
        }
    }

    @Test(arguments: ["open", "paid", "refused", "settled", "Open", ""])
    func anAttemptHasOneOfTheVerdictsAndNoOther(verdict: String) throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let ledger = try Ledger(in: folder)
        let change = { (db: Database) in
            try db.execute(
                sql: "UPDATE attempt SET verdict = ?, isRefused = (? = 'refused'), bmID = 1 WHERE row = 3",
                arguments: [verdict, verdict])
        }
        if ["open", "paid", "refused"].contains(verdict) {
            try ledger.write(.inStep, change)
        } else {
            #expect(throws: LedgerError.self) { try ledger.write(.inStep, change) }
        }
    }

    @Test func theTablesOfALedgerTakenOverAreThoseOfANewOne() throws {
        let folder = try TemporaryFolder()
        try ledgerOfVersion1(in: folder)
        let tables = try [Ledger(in: folder), Ledger(in: folder, name: "new.sqlite", key: "new.key")].map { ledger in
            try ledger.read { db in
                try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
            }
        }
        #expect(tables[0] == tables[1])
        #expect(!tables[0].contains { $0.contains("state IN ('queued'") || $0.contains("verdict IN") })
    }
}
