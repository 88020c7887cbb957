import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Upgrades of ledgers that an earlier version of the program wrote.
@Suite struct EarlierLedgerTests {
    @Test(arguments: EarlierLedger.Name.allCases)
    func theUpgradedLedgerKeepsEverything(name: EarlierLedger.Name) throws {
        let folder = try TemporaryFolder()
        let earlier = try EarlierLedger(name, in: folder)
        let ledger = try Ledger(in: folder, name: "\(name).sqlite", key: "\(name).key")
        #expect(try ledger.verify() == [])
        for batch in earlier.batches {
            let record = try ledger.batch(named: batch.reference)
            #expect(record.digest.hex == batch.fileSHA256)
            for row in batch.payouts { try expect(row, of: record, in: ledger) }
            let statement = try ledger.statement(of: record.id)
            let total = PayoutState.allCases.reduce((rows: 0, tiyin: Int64(0))) {
                ($0.rows + statement[$1].rows, $0.tiyin + statement[$1].sum.count)
            }
            #expect(total.rows == batch.rows["total"] && total.tiyin == batch.tiyin["total"])
            for state in [PayoutState.paid, .refused, .review, .withdrawn] {
                #expect(statement[state].rows == batch.rows[state.rawValue], "\(batch.reference): \(state)")
                #expect(statement[state].sum.count == batch.tiyin[state.rawValue], "\(batch.reference): \(state)")
            }
        }
    }

    private func expect(_ row: EarlierLedger.Row, of batch: BatchRecord, in ledger: Ledger) throws {
        let name: Comment = "\(batch.reference), row \(row.row)"
        let (payout, attempts) = try ledger.read { db in
            (
                try Row.fetchOne(
                    db, sql: "SELECT * FROM payout WHERE batchID = ? AND row = ?",
                    arguments: [batch.id.number, row.row]),
                try Row.fetchAll(
                    db, sql: "SELECT * FROM attempt WHERE batchID = ? AND row = ? ORDER BY number",
                    arguments: [batch.id.number, row.row])
            )
        }
        let found = try #require(payout, name)
        #expect(found["state"] == row.state && found["reasonCode"] == row.reasonCode, name)
        #expect(found["account"] == row.account && found["bankCode"] == row.bankCode, name)
        #expect(found["maskedCard"] == row.maskedCard && found["amountTiyin"] == row.amountTiyin, name)
        #expect(attempts.map { $0["agentTranID"] } == row.attempts.map(\.agentTranID), name)
        #expect(attempts.map { $0["number"] } == row.attempts.map(\.number), name)
        #expect(attempts.map { $0["verdict"] } == row.attempts.map(\.verdict), name)
        #expect(attempts.map { $0["sends"] } == row.attempts.map(\.sends), name)
        #expect(attempts.map { $0["bmID"] } == row.attempts.map(\.bmID), name)
        #expect(attempts.map { $0["decidedBy"] } == row.attempts.map(\.decidedBy), name)
    }

    /// Together the ledgers contain everything that an upgrade must handle.
    @Test func theLedgersHoldEveryStateSeveralAttemptsAndSendsAndPeoplesDecisions() throws {
        let rows = try EarlierLedger.Name.allCases.flatMap { name in
            try EarlierLedger(name, in: TemporaryFolder()).batches.flatMap(\.payouts)
        }
        #expect(Set(rows.map(\.state)) == Set(PayoutState.allCases.map(\.rawValue)))
        #expect(rows.contains { $0.attempts.count == 3 })
        let attempts = rows.flatMap(\.attempts)
        #expect(attempts.contains { $0.sends > 1 } && attempts.contains { $0.decidedBy != nil })
    }

    /// The rows that were in flight when the run was killed are only in the log.
    @Test func theLogOfTheKilledRunIsPartOfItsLedger() throws {
        let folder = try TemporaryFolder()
        let earlier = try EarlierLedger(.killed, in: folder)
        guard
            case .sound(let frames, .nothing) = try WriteAheadLog(ofDatabaseAt: folder.path("killed.sqlite")).inspect()
        else {
            Issue.record("the log is not sound")
            return
        }
        #expect(frames > 0)
        try FileManager.default.removeItem(atPath: folder.path("killed.sqlite-wal"))
        let ledger = try Ledger(in: folder, name: "killed.sqlite", key: "killed.key")
        let batch = try #require(earlier.batches.first)
        #expect(try ledger.statement(of: try ledger.batch(named: batch.reference).id)[.queued].rows == 9)
    }
}
