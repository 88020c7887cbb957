import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Synchronization
import Testing

@testable import Bookkeeping

/// Upgrades of ledgers with schema 8.
@Suite struct TakeoverTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func path(_ name: EarlierLedger.Name) -> String { folder.path("\(name).sqlite") }

    private func key(_ name: EarlierLedger.Name) -> KeyFile { KeyFile(path: folder.path("\(name).key")) }

    private func open(_ name: EarlierLedger.Name) throws -> Ledger {
        try Ledger(in: folder, name: "\(name).sqlite", key: "\(name).key")
    }

    /// Reads the file as it is. It reads another copy, because SQLite moves a copy's log into the database.
    private func rows(_ name: EarlierLedger.Name, _ sql: String) throws -> [Row] {
        let copy = try TemporaryFolder()
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path(name) + end) {
            try FileManager.default.copyItem(atPath: path(name) + end, toPath: copy.path("copy.sqlite") + end)
        }
        return try DatabaseQueue(path: copy.path("copy.sqlite")).read { db in try Row.fetchAll(db, sql: sql) }
    }

    private func edit(_ name: EarlierLedger.Name, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path(name))
        try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try queue.close()
    }

    // MARK: The events

    @Test(arguments: EarlierLedger.Name.allCases)
    func everyEventKeepsItsPlaceAndItsMeaning(name: EarlierLedger.Name) throws {
        _ = try EarlierLedger(name, in: folder)
        let former = try rows(name, "SELECT * FROM event ORDER BY id")
        let ledger = try open(name)
        let taken = try ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM event WHERE id <= ? ORDER BY id", arguments: [former.count])
        }
        #expect(former.count > 10 && taken.count == former.count)
        for (old, new) in zip(former, taken) {
            for column in ["id", "at", "who", "batchID", "row", "agentTranID", "fromState", "toState"] {
                #expect(old[column] as DatabaseValue == new[column])
            }
            let event = try RecordedEvent(new)
            // A text that no rule matches is kept as a reason, and a reason must be a code.
            if case .settled(let code?) = event.why {
                #expect(code.rawValue == old["why"] && code.rawValue.wholeMatch(of: /[a-z0-9_]+/) != nil, "\(old)")
            }
        }
        try ledger.askFirst(about: try #require(try ledger.batches().last).id)
        #expect(try ledger.verify() == [])
    }

    @Test func theHistoryOfTheOfficeHasEveryKindOfAction() throws {
        _ = try EarlierLedger(.office, in: folder)
        let ledger = try open(.office)
        let kinds = try ledger.batches().flatMap { batch in
            try ledger.report(on: batch.id) { try $0.history().map(\.why.kind) }
        }
        #expect(Set(kinds).isSuperset(of: EventKind.manualActions.filter { $0 != .verdictProposed }))
        #expect(Set(kinds).isSuperset(of: [.imported, .approved, .bound, .warningsAccepted, .paused]))
    }

    private static let texts: [(String, EventCause)] = [
        ("imported: 60 rows, 5265561216 tiyin", .imported(ControlTotals(rows: 60, sum: Tiyin(5_265_561_216)))),
        ("approved: 1 rows, 5 tiyin", .approved(ControlTotals(rows: 1, sum: Tiyin(5)))),
        ("bound to the bank at https://a/b", .bound(to: "https://a/b")),
        ("the bank moved from https://a to https://b", .bankMoved(from: "https://a", to: "https://b")),
        ("the bank is asked about each row before it is sent", .asksFirst),
        (
            "accepted in spite of 3 warnings: amount_far_off 1, same_payment 2",
            .warningsAccepted(.init(count: 3, kinds: [.amountFarOff: 1, .samePayment: 2]))
        ),
        ("accepted in spite of 3 warnings", .warningsAccepted(.init(count: 3, kinds: [:]))),
        (
            "corrected in spite of 1 warnings: paid_before 1",
            .correctionWarningsAccepted(.init(count: 1, kinds: [.paidBefore: 1]))
        ),
        ("corrected: exp, amount 100 tiyin → 200 tiyin", .corrected(amountChange)),
        ("paused: too_many_refused", .paused(.tooManyRefused)), ("resumed", .resumed),
        ("the clock was set: every quiet period begins anew", .clockSet),
        ("a person: imported: nonsense", .decided(note: "imported: nonsense")),
        ("put right by the send journal, rows: 33", .putRight(rows: 33)),
        ("an attempt of a lost ledger", .attemptOfLostLedger), ("the bank was asked", .asked(.aboutUnknown, nil)),
        ("the bank was asked: failed_at_bank", .asked(.aboutUnknown, .failedAtBank)),
        ("the bank was asked first", .asked(.beforeSending, nil)),
        ("the bank was asked first: failed_at_bank", .asked(.beforeSending, .failedAtBank)),
        ("to be sent anew: the bank was asked", .asked(.beforeRerun, nil)),
        ("to be sent anew: the bank was asked: in_progress", .asked(.beforeRerun, .inProgress)),
        ("sending", .claimed), ("paid", .settled(nil)), ("queued", .settled(nil)),
        ("interrupted", .settled(.interrupted)),
        ("imported: nonsense", .settled(ReasonCode(rawValue: "imported: nonsense"))),
    ]

    private static var amountChange: RowChanges {
        var changes = RowChanges()
        changes.exp = true
        changes.amountTiyin = .init(from: 100, to: 200)
        return changes
    }

    @Test(arguments: texts.indices) func aTextOfAnEarlierVersionIsRead(place: Int) {
        #expect(EventCause(formerText: Self.texts[place].0) == Self.texts[place].1)
    }

    @Test func aPersonsNoteAndTheBanksReversalAreToldApartByTheState() {
        #expect(EventCause(formerText: "a person: x", isWithdrawal: true) == .withdrawn(note: "x"))
        #expect(EventCause(formerText: "reversed_at_bank", isNote: true) == .reversed)
        #expect(EventCause(formerText: "reversed_at_bank") == .settled(.reversedAtBank))
    }

    // MARK: The tables

    @Test(arguments: EarlierLedger.Name.allCases)
    func anUpgradedLedgerHasTheTablesOfANewOne(name: EarlierLedger.Name) throws {
        _ = try EarlierLedger(name, in: folder)
        let tables = try [open(name), Ledger(in: folder, name: "new.sqlite", key: "new.key")].map { ledger in
            try ledger.read { db in
                try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
                    + String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations")
            }
        }
        #expect(tables[0] == tables[1])
    }

    @Test func aLedgerIsNotUpgradedDuringARunOfAnEarlierProgram() throws {
        _ = try EarlierLedger(.office, in: folder)
        let run = try RunnerLock(ledgerPath: path(.office), holder: "an earlier program")
        #expect(throws: LedgerError.runnerBusy(holder: "an earlier program")) { try open(.office) }
        run.release()
        _ = try open(.office)
        // The ledger now has this version, so it can be opened beside a run.
        let next = try RunnerLock(ledgerPath: path(.office), holder: "a run")
        _ = try open(.office)
        next.release()
    }

    @Test(arguments: [
        ("DELETE FROM grdb_migrations WHERE identifier LIKE '8%'", LedgerError.tooOld(path: "")),
        ("INSERT INTO grdb_migrations VALUES ('12: of tomorrow')", .newerVersion(path: "")),
    ]) func aLedgerOfAnotherVersionIsNotChanged(sql: String, error: LedgerError) throws {
        _ = try EarlierLedger(.office, in: folder)
        try edit(.office, sql)
        let before = try Data(contentsOf: URL(fileURLWithPath: path(.office)))
        for open in [
            { _ = try self.open(.office) },
            { _ = try Ledger.verify(fileAt: self.path(.office), keyFile: self.key(.office)) },
        ] {
            #expect {
                try open()
            } throws: { thrown in
                switch (thrown as? LedgerError, error) {
                case (.tooOld(path(.office)), .tooOld), (.newerVersion(path(.office)), .newerVersion): true
                default: false
                }
            }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path(.office))) == before)
    }

    // MARK: The send journal

    /// The journal has the sends that the earlier program made from a copy.
    @Test func anUnsignedCopyInThePlaceOfAnUpgradedLedgerIsBehind() throws {
        _ = try EarlierLedger(.killed, in: folder)
        let copy = try Data(contentsOf: URL(fileURLWithPath: path(.killed)))
        let log = try Data(contentsOf: URL(fileURLWithPath: path(.killed) + "-wal"))
        let ledger = try Ledger(in: folder, name: "killed.sqlite", key: "killed.key")
        #expect(try ledger.takeOver() == 3)
        let batch = try #require(try ledger.batches().first).id
        for pause in [Reason(.stoppedByPerson), nil] { try ledger.setPause(pause, on: batch) }
        try ledger.close()
        try copy.write(to: URL(fileURLWithPath: path(.killed)))
        try log.write(to: URL(fileURLWithPath: path(.killed) + "-wal"))
        let again = try Ledger(in: folder, name: "killed.sqlite", key: "killed.key")
        #expect(!again.findings.withLock { $0 }.isEmpty)
        #expect(try again.verify() == [])
    }
}
