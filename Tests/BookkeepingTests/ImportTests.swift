import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

@Suite struct ImportTests {
    let folder: TemporaryFolder
    let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
    }

    @Test func everyRowIsQueuedAndTheStatementAddsUp() throws {
        let new = Samples.batch(rows: 25)
        let statement = try ledger.statement(of: ledger.importBatch(new, isDeliberate: false))
        #expect(statement.file == new.totals)
        #expect(statement[.queued] == new.totals)
        #expect(statement.addsUp)
        #expect(statement.accounts == [Samples.account])
    }

    @Test func theSameFileUnderTheSameReferenceHasTheSameIdsInAnyLedger() throws {
        let other = try Ledger(in: folder, name: "other.sqlite", key: "other.key")
        let found = try [ledger, other].map { ledger in
            try ids(in: ledger, of: ledger.importBatch(Samples.batch(rows: 50), isDeliberate: false))
        }
        #expect(found[0] == found[1])
        #expect(Set(found[0]).count == 50)
        #expect(found[0].allSatisfy { String($0).count == 15 })
    }

    @Test func anIdThatIsTakenIsDerivedAgainWithASalt() throws {
        let new = Samples.batch(rows: 1)
        let taken = AgentTransactionID.derived(
            reference: new.reference, digest: new.digest, row: 2, attempt: 1, salt: 0)
        let other = try ledger.importBatch(Samples.batch(rows: 1, reference: "other"), isDeliberate: true)
        try ledger.write { db in
            try db.execute(sql: "UPDATE attempt SET agentTranID = ?", arguments: [taken.number])
        }
        let salted = AgentTransactionID.derived(
            reference: new.reference, digest: new.digest, row: 2, attempt: 1, salt: 1)
        let batch = try ledger.importBatch(new, isDeliberate: true)
        #expect(try ids(in: ledger, of: other) == [taken.number])
        #expect(try ids(in: ledger, of: batch) == [salted.number])
    }

    @Test func theSameFileIsRefusedUnlessAnotherReferenceIsGivenOnPurpose() throws {
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        let renamed = Samples.batch(rows: 3, reference: "payroll-copy")
        let first = try BatchReference("payroll")
        #expect(throws: LedgerError.alreadyImported(as: [first])) {
            try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: true)
        }
        #expect(throws: LedgerError.alreadyImported(as: [first])) {
            try ledger.importBatch(renamed, isDeliberate: false)
        }
        _ = try ledger.importBatch(renamed, isDeliberate: true)
        #expect(try ledger.batches().map(\.reference.name) == ["payroll-copy", "payroll"])
    }

    @Test func anotherFileCannotTakeATakenReference() throws {
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        let base = Samples.batch(rows: 4)
        let other = NewBatch(
            reference: base.reference, fileName: base.fileName,
            digest: FileDigest(hex: String(repeating: "00", count: 32))!,
            totals: base.totals, rows: base.rows)
        #expect(throws: LedgerError.referenceTaken(base.reference)) {
            try ledger.importBatch(other, isDeliberate: true)
        }
    }

    /// The error of the rows' source is passed on unchanged, and the stored rows are rolled back.
    @Test(arguments: [0, 1, 199, 200, 201, 5000]) func aFileThatEndsInAnErrorStoresNothing(rows: Int) throws {
        struct Trouble: Error {}
        let base = Samples.batch(rows: rows + 1)
        let broken = NewBatch(
            reference: base.reference, fileName: base.fileName, digest: base.digest, totals: base.totals
        ) { take in
            for payout in Samples.payouts(rows: rows) { try take(payout) }
            throw Trouble()
        }
        #expect(throws: Trouble.self) { try ledger.importBatch(broken, isDeliberate: false) }
        #expect(try ledger.batches().isEmpty)
        #expect(try ledger.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM payout") } == 0)
        _ = try ledger.importBatch(base, isDeliberate: false)
        #expect(try ledger.verify() == [])
    }

    @Test func theWriterGetsTheWholeBatchAndMayStopEarly() throws {
        let id = try ledger.importBatch(Samples.batch(rows: 1001), isDeliberate: false)
        struct Enough: Error {}
        try ledger.report(on: id) { batch in
            try batch.handOver { statement, _, rows, attempts in
                var seen: [Int] = []
                try rows { seen.append($0.row) }
                #expect(seen == Array(2...1002) && statement.file.rows == 1001)
                try attempts { _ in Issue.record("no row was tried twice") }
            }
            #expect(throws: Enough.self) {
                try batch.handOver { _, _, rows, _ in try rows { _ in throw Enough() } }
            }
        }
    }

    @Test func noFileOfTheLedgerContainsACardInClear() throws {
        let new = Samples.batch(rows: 40)
        _ = try ledger.importBatch(new, isDeliberate: false)
        for file in try FileManager.default.contentsOfDirectory(at: folder.url, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            for payout in Samples.payouts(rows: 40) {
                #expect(bytes.range(of: Data(payout.card.digits.utf8)) == nil, "\(file.lastPathComponent)")
            }
        }
    }

    @Test func aSealedCardMovedToAnotherRowDoesNotOpen() throws {
        let id = try ledger.importBatch(Samples.batch(rows: 2), isDeliberate: false)
        try ledger.write { db in
            try db.execute(
                sql: "UPDATE payout SET sealedCard = (SELECT sealedCard FROM payout WHERE row = 3) WHERE row = 2")
        }
        let batch = try ledger.batch(named: "payroll")
        #expect(batch.id == id)
        #expect(throws: LedgerError.cardDoesNotOpen(row: 2)) {
            try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 10)
        }
    }

    @Test func aRowThatAnotherBatchHasPaidAlreadyIsFoundWithoutOpeningCards() throws {
        _ = try ledger.importBatch(Samples.batch(rows: 3), isDeliberate: false)
        let duplicates = try ledger.duplicates(
            of: [Samples.payout(row: 3), Samples.payout(row: 99)], importedSince: Samples.noon.addingTimeInterval(-60))
        let importedAt = try ledger.batch(named: "payroll").importedAt
        #expect(
            duplicates == [
                DuplicatePayment(
                    row: 3, batch: try BatchReference("payroll"), otherRow: 3, importedAt: importedAt)
            ])
        let late = try ledger.duplicates(
            of: [Samples.payout(row: 3)], importedSince: Samples.noon.addingTimeInterval(60))
        #expect(late.isEmpty)
    }

    private func ids(in ledger: Ledger, of batch: BatchID) throws -> [Int64] {
        try ledger.read { db in
            try Int64.fetchAll(
                db, sql: "SELECT agentTranID FROM attempt WHERE batchID = ? ORDER BY row", arguments: [batch.number])
        }
    }
}
