import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Names that an earlier version stored unchanged: with й in two parts, and with invisible characters.
@Suite struct StoredNameTests {
    private let composed = "Ойлик май"
    private var decomposed: String { composed.decomposedStringWithCanonicalMapping }

    private func store(
        _ reference: BatchReference, digest: String = "5a", row: Int = 2, in ledger: Ledger
    ) throws -> BatchID {
        let digest = try #require(FileDigest(hex: String(repeating: digest, count: 32)))
        let payout = Samples.payout(row: row)
        let batch = NewBatch(
            reference: reference, fileName: "a.csv", digest: digest, totals: ControlTotals(rows: 1, sum: payout.amount)
        ) { try $0(payout) }
        return try ledger.importBatch(batch, isDeliberate: true)
    }

    @Test func aBatchIsFoundUnderBothFormsAndKeepsItsBytes() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(in: folder)
        let id = try store(BatchReference(stored: decomposed), in: ledger)
        for name in [composed, decomposed] {
            let found = try ledger.batch(named: name)
            #expect(found.id == id && Array(found.reference.name.utf8) == Array(decomposed.utf8))
        }
        let expected = AgentTransactionID.derived(
            reference: try BatchReference(stored: decomposed), digest: try ledger.batch(named: composed).digest, row: 2,
            attempt: 1, salt: 0)
        #expect(try ledger.queued(in: id, after: 0, limit: 10).map(\.attempt.id) == [expected])
    }

    @Test func aNameIsTakenInBothForms() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(in: folder)
        _ = try store(BatchReference(stored: decomposed), in: ledger)
        #expect(throws: LedgerError.referenceTaken(try BatchReference(composed))) {
            try store(BatchReference(composed), digest: "5b", row: 3, in: ledger)
        }
        #expect(throws: LedgerError.alreadyImported(as: [try BatchReference(composed)])) {
            try store(BatchReference(composed), in: ledger)
        }
        #expect(try ledger.batches().count == 1)
    }

    @Test func invisibleCharactersOfAnEarlierVersionAreKept() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(in: folder)
        let name = "pay\u{200B}\u{202E}roll"
        let id = try store(BatchReference(stored: name), in: ledger)
        #expect(try ledger.batch(named: name).id == id)
        #expect(try ledger.batches().map(\.reference.name) == [name])
        #expect(try ledger.verify() == [])
    }
}
