import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// Backups, verification, exports and key rotation.
@Suite struct CareTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let batch: BatchRecord

    init() async throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 4), isDeliberate: false)
        batch = try ledger.batch(named: "payroll")
        let commits = CommitQueue(ledger: ledger)
        let pending = try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 3)
        for payout in pending { _ = try await commits.claim(payout) }
        try await commits.settle(pending[0].attempt, as: .paid(Samples.receipt))
        try await commits.settle(pending[1].attempt, as: .refused(Reason(ReasonCode(rawValue: "card_not_found"))))
        try await commits.settle(pending[2].attempt, as: .unknown(Reason(.connectionLost)))
    }

    private func execute(_ sql: String) throws {
        try ledger.write { db in try db.execute(sql: sql) }
    }

    @Test(arguments: [
        ("UPDATE payout SET state = 'queued' WHERE row = 3", "row 3 is queued, but the events say refused"),
        ("UPDATE payout SET amountTiyin = 1 WHERE row = 3", "does not add up"),
        (
            "DROP TRIGGER eventsStay; DELETE FROM event WHERE row = 3 AND toState = 'sending'",
            "before its refused is missing"
        ),
        ("UPDATE attempt SET sends = 2 WHERE row = 3", "row 3: its sends are not its claims"),
        ("DELETE FROM attempt WHERE row = 5", "row 5 has no attempt"),
        ("UPDATE batch SET sumTiyin = sumTiyin + 1", "does not add up"),
    ]) func aTamperedLedgerIsFound(sql: String, fault: String) throws {
        #expect(try ledger.verify() == [])
        try execute(sql)
        let faults = try ledger.verify()
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    // MARK: Copies

    @Test func aCopyIsTheWholeLedgerInOneFileOfItsOwner() throws {
        try ledger.backup(to: folder.path("copy.sqlite"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("copy.sqlite"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: folder.path("copy.sqlite-wal")))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy { !$0.hasSuffix(".part") })
        let copy = try Ledger(in: folder, name: "copy.sqlite", opening: .reading)
        #expect(try copy.verify() == [])
        #expect(try copy.statement(of: batch.id) == ledger.statement(of: batch.id))
    }

    @Test func aCopyTakenWhileOthersWriteIsOneMoment() async throws {
        let ledger = ledger
        let writer = Task {
            for _ in 0..<300 {
                try ledger.setPause(Reason(.tooManyUnknown), on: batch.id)
                try ledger.setPause(nil, on: batch.id)
            }
        }
        for number in 0..<5 {
            try ledger.backup(to: folder.path("copy\(number).sqlite"))
            let copy = try Ledger(in: folder, name: "copy\(number).sqlite", opening: .reading)
            #expect(try copy.verify() == [])
        }
        try await writer.value
    }

    @Test func nothingIsOverwrittenByACopy() throws {
        try Data("precious".utf8).write(to: URL(fileURLWithPath: folder.path("copy.sqlite")))
        #expect(throws: LedgerError.self) { try ledger.backup(to: folder.path("copy.sqlite")) }
        #expect(try String(contentsOfFile: folder.path("copy.sqlite"), encoding: .utf8) == "precious")
        #expect(throws: LedgerError.self) { try ledger.backup(to: folder.path("nowhere/copy.sqlite")) }
    }

    // MARK: Export

    @Test func anExportHasEveryRecordAndNoCard() throws {
        let note = "they gave \(Samples.card(4).digits) by telephone"
        try ledger.decide(row: 4, of: batch.id, isPaid: false, note: note)
        var text = ""
        try ledger.export(batch.id) { text += $0 + "\n" }
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
        #expect(document["batch"]?.count == 1 && document["payouts"]?.count == 4 && document["attempts"]?.count == 4)
        let events = try ledger.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM event") }
        #expect(document["events"]?.count == events)
        #expect(document["payouts"]?[0]["maskedCard"] as? String == Samples.card(2).masked)
        #expect(document["payouts"]?[0]["sealedCard"] == nil && document["payouts"]?[0]["cardFingerprint"] == nil)
        let decision = try #require(document["events"]?.last)
        #expect(decision["kind"] as? String == "decided")
        #expect(
            (decision["detail"] as? [String: String])?["note"]
                == "they gave \(Samples.card(4).masked) by telephone")
        #expect((document["events"]?[0]["at"] as? String)?.hasPrefix("2025-11-24T16:00:00") == true)
        for serial in 2...5 { #expect(!text.contains(Samples.card(serial).digits)) }
    }

    @Test func aCardInANoteIsNotKeptInFull() throws {
        try ledger.decide(row: 4, of: batch.id, isPaid: false, note: "they gave \(Samples.card(4).digits) by telephone")
        let notes = try ledger.read { db in
            try String.fetchAll(db, sql: "SELECT detail FROM event WHERE kind = 'decided'")
        }
        #expect(notes.count == 1 && !notes[0].contains(Samples.card(4).digits))
    }

    // MARK: Keys

    private struct Kill: Error {}

    private func rotate(killedAfter step: String? = nil) throws {
        let path = folder.path("payouts.sqlite")
        do {
            _ = try Ledger.rotateKey(
                ofLedgerAt: path, keyFile: KeyFile(path: folder.path("ledger.key")), who: "tester",
                onStep: { if $0 == step { throw Kill() } }, now: { Samples.noon })
            #expect(step == nil, "the step happened")
        } catch is Kill {
            #expect(step != nil)
        }
    }

    private func key(_ name: String = "ledger.key") throws -> String {
        try String(contentsOfFile: folder.path(name), encoding: .utf8)
    }

    private func expectWhole() throws {
        let ledger = try Ledger(in: folder)
        let waiting = try #require(try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first)
        #expect(waiting.order.card == Samples.card(5))
        // This includes the card of the paid row, whose fingerprint nobody could compute again.
        let duplicates = try ledger.duplicates(of: Samples.payouts(rows: 4), importedSince: .distantPast)
        #expect(duplicates.map(\.row) == [2, 3, 4, 5])
        #expect(try ledger.verify() == [])
    }

    @Test func aNewKeyOpensEveryCardAndFindsEveryDuplicate() throws {
        let old = try key()
        try rotate()
        #expect(try key() != old)
        #expect(try key("ledger.key.old") == old)
        try expectWhole()
        try rotate()
        try expectWhole()
    }

    @Test(arguments: ["the new key is on disk", "the cards are sealed with it", "it is the ledger's key"])
    func aRotationThatEndsMidwayLeavesALedgerThatOpens(step: String) throws {
        try rotate(killedAfter: step)
        try expectWhole()
        try rotate()
        try expectWhole()
        #expect(!FileManager.default.fileExists(atPath: folder.path("ledger.key.next")))
    }

    @Test func theOldKeyOpensNothingAnyMoreButOldCopies() throws {
        try ledger.backup(to: folder.path("copy.sqlite"))
        try rotate()
        #expect(throws: LedgerError.self) { try Ledger(in: folder, key: "ledger.key.old") }
        #expect(throws: LedgerError.self) { try Ledger(in: folder, name: "copy.sqlite") }
        #expect(try Ledger(in: folder, name: "copy.sqlite", key: "ledger.key.old", opening: .reading).verify() == [])
    }

    @Test func aProcessWithTheOldKeyStoresNoCards() throws {
        let stale = try Ledger(in: folder)
        try rotate()
        #expect(throws: LedgerError.keyReplaced(ledger: folder.path("payouts.sqlite"))) {
            _ = try stale.importBatch(Samples.batch(rows: 2, reference: "bonus"), isDeliberate: true)
        }
    }
}
