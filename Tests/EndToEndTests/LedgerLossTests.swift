import Fixtures
import Foundation
import Testing

/// Damages, loses, restores, copies and mistakes a ledger. Each time, no row is paid twice, although the bank pays
/// every request. The message says what happened and what to do. Afterwards all rows are paid.
@Suite(.oneAtATime) struct LedgerLossTests {
    static let seed = TestSetting.seed.number(else: 20_261_130)

    private let company: PayingCompany
    private var files: LedgerFiles { company.files }
    private var bank: ServedSandbox { company.bank }
    private var folder: TemporaryFolder { company.folder }

    init() async throws {
        company = try await PayingCompany()
    }

    /// Returns the number of rows that the bank may have paid and the ledger calls unsent. Reads the ledger with
    /// SQLite, before the program opens it.
    private func forgottenRows() throws -> Int {
        let ids = try bank.debits().map { String($0.agentTranId) }.joined(separator: ",")
        return try files.number(
            """
            SELECT count(*) FROM attempt JOIN payout USING (batchID, row)
            WHERE agentTranID IN (\(ids)) AND state = 'queued' AND sends = 0
            """)
    }

    // MARK: After kill -9

    @Test func afterAKillNothingIsSaidAndTheRestIsPaid() async throws {
        try await company.runToKill(at: 25)
        let result = try await company.run()
        #expect(!result.errors.contains("behind") && !result.errors.contains("recover"), "\(result.errors)")
        let document = try result.json
        #expect(document["ledgerPutRight"] is NSNull, "\(result.output)")
        try await company.expectThatItFinishes()
    }

    @Test func aLostSharedMemoryFileChangesNothing() async throws {
        try await company.runToKill(at: 25)
        try files.delete(.sharedMemory)
        let result = try await company.run()
        #expect(!result.errors.contains("behind") && !result.errors.contains("recover"), "\(result.errors)")
        try await company.expectThatItFinishes()
    }

    /// One bit anywhere in the older half of the log. SQLite would silently drop the newer half.
    @Test(arguments: 0..<6) func aBitThatFellOverInTheLogIsFoundBeforeAnythingIsSent(round: Int) async throws {
        var random = SeededGenerator(seed: Self.seed &+ UInt64(round))
        try await company.importFile()
        try await company.runToKill(at: 25 + round)
        let frame = Int.random(in: 1...(try files.frames / 2), using: &random)
        let bit = Int.random(in: 0..<LedgerFiles.frameSize * 8, using: &random)
        try files.flip(bit: bit, ofFrame: frame)
        let (damaged, ledger) = (try files.bytes(of: .log), try files.bytes(of: .ledger))
        print("seed \(Self.seed), round \(round): bit \(bit) of frame \(frame)")
        try await company.expectThatNothingIsSent("payouts.sqlite-wal", "damaged", "payout ledger recover --older")
        // Neither the detection nor the recovery deletes the evidence.
        #expect(try files.bytes(of: .log) == damaged && files.bytes(of: .ledger) == ledger)
        try await company.recover("--older")
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
            try $0.hasPrefix("payouts.sqlite") && Data(contentsOf: folder.url.appendingPathComponent($0)) == damaged
        }
        #expect(kept.count == 1 && kept != ["payouts.sqlite-wal"])
        try await company.expectThatItFinishes()
    }

    @Test(arguments: [3, 60, 161]) func aBitInTheHeadOfTheLogIsFoundAsWell(bit: Int) async throws {
        try await company.importFile()
        try await company.runToKill(at: 25)
        try files.flip(bit: bit, of: .log)
        try await company.expectThatNothingIsSent("payouts.sqlite-wal", "damaged", "payout ledger recover --older")
        try await company.recover("--older")
        try await company.expectThatItFinishes()
    }

    /// The log alone cannot tell this from a torn transaction. The journal knows what was sent.
    @Test(arguments: [0, 1]) func aBitOfTheLastTransactionMakesNoRowBePaidTwice(fromTheEnd: Int) async throws {
        try await company.runToKill(at: 25)
        try files.flip(bit: 4_000, ofFrame: try files.frames - fromTheEnd)
        _ = try await company.run()
        try company.expectNoRowPaidTwice()
        try await company.expectThatItFinishes()
    }

    @Test(arguments: [0.1, 0.4, 0.7, 0.9]) func aLogThatWasCutHasForgottenWhatTheJournalKnows(part: Double) async throws
    {
        try await company.importFile()
        try await company.runToKill(at: 30)
        try files.cutLog(toFrames: Int(part * Double(files.frames)))
        #expect(try forgottenRows() > 0)
        // Includes the rows in flight, which the bank may know or not.
        try await company.expectThatItIsPutRight(forgotten: nil)
        try await company.expectThatItFinishes()
    }

    @Test(arguments: [[LedgerFiles.Part.log], [.log, .sharedMemory]])
    func aLogThatWasDeletedHasForgottenWhatTheJournalKnows(parts: [LedgerFiles.Part]) async throws {
        try await company.importFile()
        try await company.runToKill(at: 30)
        for part in parts { try files.delete(part) }
        try await company.expectThatItIsPutRight(forgotten: nil)
        try await company.expectThatItFinishes()
    }

    // MARK: Older copies

    /// The old ledger and its old journal agree. Only the journal of the newer ledger shows what was sent.
    @Test func anOldLedgerThatReturnsWithItsJournalSendsNothingThatANewerOneSent() async throws {
        try await company.importFile()
        let journal = URL(fileURLWithPath: try #require(try files.path(of: .journal)))
        let (old, oldJournal) = (try files.copy(), try Data(contentsOf: journal))
        try files.delete(.ledger, .log, .sharedMemory, .journal)
        try await company.recover("--lost")
        #expect(try await company.run().status == 0)
        try oldJournal.write(to: journal)
        try files.putBack(old)
        try await company.expectThatItIsPutRight(
            forgotten: company.rows, saying: "another ledger with the same key had sent the same files")
        #expect(try bank.requests().pay == company.rows)
        try await company.expectThatItFinishes()
    }

    @Test(arguments: [true, false]) func aCopyFromBeforeTheSendingPutBackSendsNothingAgain(byName: Bool) async throws {
        try await company.importFile()
        let copy = try files.copy()
        #expect(try await company.run().status == 0)
        try files.putBack(copy)
        #expect(try forgottenRows() == company.rows)
        try await company.expectThatItIsPutRight(
            forgotten: company.rows, byName ? ["run", "payroll", "--yes"] : nil)
        #expect(try bank.requests().pay == company.rows)
        try await company.expectThatItFinishes()
    }

    @Test func aCopyFromTheMiddleOfTheSendingPutBackSendsTheRestAlone() async throws {
        try await company.importFile()
        try await company.runToKill(at: 25)
        let copy = try files.copy()
        try await company.expectThatItFinishes()
        try files.putBack(copy)
        let forgotten = try forgottenRows()
        #expect(forgotten > 20)
        try await company.expectThatItIsPutRight(forgotten: forgotten)
        try await company.expectThatItFinishes()
    }

    /// The status warns about a restored ledger before anything runs.
    @Test func theStatusOfALedgerThatWasSetBackSaysThatItIsNotTheNewest() async throws {
        try await company.importFile()
        let copy = try files.copy()
        #expect(try await company.run().status == 0)
        try files.putBack(copy)
        let status = try await company.program.run("status", "payroll")
        #expect(status.errors.contains("send journal"), "\(status.errors)")
    }

    @Test func theNextRoundOfTheInboxPaysNothingAgain() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: company.file.path, toPath: folder.path("in/payroll.csv"))
        let round = ["inbox", "in", "--settle", "0"]
        try await company.runToKill(at: 25, round)
        let copy = try files.copy()
        #expect(try await company.program.start(round).wait().status == 0)
        try company.expectNoRowPaidTwice("before the copy was put back")
        #expect(try bank.debits().count == company.rows)
        // At night the file waits, and the ledger is an older copy.
        try files.putBack(copy)
        try FileManager.default.moveItem(
            atPath: folder.path("in/done/payroll.csv"), toPath: folder.path("in/waiting/payroll.csv"))
        try await company.expectThatItIsPutRight(forgotten: try forgottenRows(), round)
        for _ in 1...4 { _ = try await company.program.start(round).wait() }
        try company.expectNoRowPaidTwice()
        #expect(try await company.program.start(round).wait().status == 0)
        #expect(try bank.requests().pay == company.rows)
    }

    /// The ledger of the middle of a night, and an empty folder. The round continues with the queued rows.
    @Test func theInboxGoesOnWithABatchOfAnOlderLedgerWithoutPayingItAgain() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: company.file.path, toPath: folder.path("in/payroll.csv"))
        let round = ["inbox", "in", "--settle", "0"]
        try await company.runToKill(at: 25, round)
        let copy = try files.copy()
        #expect(try await company.program.start(round).wait().status == 0)
        try files.putBack(copy)
        for _ in 1...4 { _ = try await company.program.start(round).wait() }
        try company.expectNoRowPaidTwice()
        #expect(try bank.debits().count == company.rows)
    }

    @Test func askingFirstPaysNoRowAgainWhereLedgerAndJournalAreBothOlder() async throws {
        try await company.importFile()
        let copy = try files.copy([.ledger, .log, .journal])
        #expect(try await company.run().status == 0)
        try files.putBack(copy)
        // Nothing on the machine shows that it was restored from a snapshot. docs/ledger.md says what to do then.
        try await company.expectThatItFinishes("--ask-first")
    }

    // MARK: No ledger

    @Test(arguments: [false, true]) func aLedgerThatIsGoneWhileItsKeyIsThereIsNotBegunAgain(isEmpty: Bool) async throws
    {
        let paid = try await company.runToKill(at: 25)
        try files.delete(.ledger, .log, .sharedMemory)
        if isEmpty { try Data().write(to: URL(fileURLWithPath: files.ledger)) }
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter {
            $0.hasPrefix("payouts")
        }
        try await company.expectThatNothingIsSent(files.ledger, "payout ledger recover --lost", "--new-ledger")
        try await company.expectThatNothingIsSent(
            "payout ledger recover --lost", arguments: ["import", company.file.path])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("payouts") }
                == before)
        #expect(try files.size(of: .ledger) == 0)

        let recovered = try await company.program.run("ledger", "recover", "--lost")
        #expect(recovered.status == 0, "\(recovered.errors)")
        #expect(recovered.errors.contains("payroll"), "\(recovered.errors)")
        let posts = try bank.requests().pay
        #expect(try posts == paid && bank.debits().count == paid)
        try await company.expectThatItFinishes()
    }

    @Test func allThatWasPaidIsFoundAgainAfterTheLedgerWasLost() async throws {
        #expect(try await company.run().status == 0)
        try files.delete(.ledger, .log, .sharedMemory)
        try await company.expectThatNothingIsSent("payout ledger recover --lost")
        try await company.recover("--lost")
        let result = try await company.run()
        #expect([0, 11].contains(result.status), "\(result.errors)")
        #expect(try bank.requests().pay == company.rows)
        try await company.expectThatItFinishes()
    }

    @Test func theDefaultLedgerIsTheSameInEveryFolder() async throws {
        var program = company.program
        program.environment["PAYOUT_LEDGER"] = nil
        for name in ["a", "b"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
            let result = try await program.start(
                ["-c", "cd \(name) && exec \"$0\" run ../payroll.csv --yes", Program.executable.path],
                by: URL(fileURLWithPath: "/bin/sh")
            ).wait()
            #expect(result.status == 0, "\(result.errors)")
            try company.expectNoRowPaidTwice("from folder \(name)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("\(name)/output/payouts.sqlite")))
        }
        #expect(try bank.debits().count == company.rows)
        #expect(FileManager.default.fileExists(atPath: folder.path("home/.local/state/payout/payouts.sqlite")))
        #expect(FileManager.default.fileExists(atPath: folder.path("a/output/payroll.xlsx")))
    }

    @Test func theDefaultLedgerIsInTheUsersStateFolder() async throws {
        var program = company.program
        program.environment["PAYOUT_LEDGER"] = nil
        program.environment["XDG_STATE_HOME"] = folder.path("state")
        #expect(try await program.run("run", company.file.path, "--yes").status == 0)
        #expect(FileManager.default.fileExists(atPath: folder.path("state/payout/payouts.sqlite")))
    }

    @Test(arguments: ["nonexistent/a/b.sqlite", "payout.sqlite"])
    func aMistypedPathMakesNothing(path: String) async throws {
        try await company.runToKill(at: 10)
        var mistaken = company.program
        mistaken.environment["PAYOUT_LEDGER"] = folder.path(path)
        func names() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
                .filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }.sorted()
        }
        let before = try names()
        try await company.expectThatNothingIsSent(folder.path(path), by: mistaken)
        try await company.expectThatNothingIsSent(by: mistaken, arguments: ["import", company.file.path])
        #expect(try names() == before)
        try await company.expectThatItFinishes()
    }

    @Test func aFirstRunMakesKeyAndLedgerWithoutAQuestion() async throws {
        let result = try await company.run()
        #expect(result.status == 0, "\(result.errors)")
        #expect(FileManager.default.fileExists(atPath: files.ledger))
        #expect(FileManager.default.fileExists(atPath: files.keyFile))
        #expect(try files.journals.count == 1)
    }

    @Test func aSecondLedgerUnderOneKeyIsMadeOnlyWhereItIsAskedFor() async throws {
        #expect(try await company.run().status == 0)
        var second = company.program
        second.environment["PAYOUT_LEDGER"] = folder.path("second.sqlite")
        let other = try PayoutCSV(rows: 3, in: folder, name: "bonus.csv")
        try await company.expectThatNothingIsSent(
            "--new-ledger", files.ledger, by: second, arguments: ["run", other.path, "--yes"])
        let made = try await second.run("run", other.path, "--yes", "--new-ledger")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try bank.debits().count == company.rows + 3)
        #expect(try files.journals.count == 2)
        // From now on each ledger opens without a warning.
        #expect(try await second.run("run", "bonus", "--yes").status == 0)
        #expect(try await company.run().status == 0)
        // The first ledger's file has the same ids in the second ledger.
        #expect(try await company.run(by: second).status != 0)
        #expect(try bank.requests().pay == company.rows + 3)
    }

    // MARK: The journal

    enum JournalDamage: CaseIterable {
        case deleted, cut, changed, older
    }

    @Test(arguments: JournalDamage.allCases, ["--newest", "--older"])
    func withoutItsJournalALedgerSendsNothingUntilAPersonDecides(damage: JournalDamage, word: String) async throws {
        try await company.importFile()
        let older = try files.copy([.journal])
        try await company.runToKill(at: 25)
        let journal = try files.bytes(of: .journal)
        switch damage {
        case .deleted: try files.delete(.journal)
        case .cut: try files.cut(.journal, to: journal.count / 2)
        case .changed: try files.flip(bit: journal.count / 2 * 8, of: .journal)
        case .older: try files.putBack(older)
        }
        try await company.expectThatNothingIsSent(
            ".sends", "payout ledger recover --newest", "payout ledger recover --older")
        try await company.recover(word)
        try await company.expectThatItFinishes()
    }

    /// A machine that crashes while the frame is written: either both the ledger and the journal have the commit, or
    /// neither has.
    @Test func aTornLastFrameOfTheJournalIsNotDamage() async throws {
        try await company.runToKill(at: 25)
        // The kill may have left the journal one commit behind. An opening for work writes that commit again.
        #expect(try await company.program.run("withdraw", "payroll", "--rows", "99999", "--note", "x").status == 66)
        try files.cut(.journal, to: files.size(of: .journal) - 3)
        let result = try await company.run()
        #expect(!result.errors.contains("recover"), "\(result.errors)")
        try await company.expectThatItFinishes()
    }

    // MARK: Copies and moves

    @Test func aCopyElsewhereSendsNothingWhileTheOriginalIsThere() async throws {
        try await company.runToKill(at: 25)
        try files.move(to: folder.path("copy.sqlite"), copying: true)
        var other = company.program
        other.environment["PAYOUT_LEDGER"] = folder.path("copy.sqlite")
        try await company.expectThatNothingIsSent(folder.path("copy.sqlite"), files.ledger, by: other)
        try await company.expectThatItFinishes()
        try await company.expectThatNothingIsSent(files.ledger, by: other)
    }

    @Test func aMovedLedgerAsksFirstUnlessAPersonSaysThatItWasMoved() async throws {
        try await company.importFile()
        try files.move(to: folder.path("moved.sqlite"))
        var program = company.program
        program.environment["PAYOUT_LEDGER"] = folder.path("moved.sqlite")
        let result = try await company.run(by: program)
        #expect(result.errors.contains("--moved") && result.errors.contains("payroll"), "\(result.errors)")
        #expect(try bank.requests().status >= company.rows)
        try await company.expectThatItFinishes(by: program)
    }

    @Test func aMoveThatAPersonConfirmsAsksTheBankAboutNothing() async throws {
        try await company.importFile()
        try files.move(to: folder.path("moved.sqlite"))
        var program = company.program
        program.environment["PAYOUT_LEDGER"] = folder.path("moved.sqlite")
        let result = try await company.run("--moved", by: program)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try bank.requests().status < company.rows)
        // From now on this is the ledger's home.
        #expect(try await company.run(by: program).status == 0)
        try await company.expectThatItFinishes(by: program)
    }

    @Test func aBackupUsedAsTheLedgerAsksFirst() async throws {
        try await company.importFile()
        let backup = try await company.program.run("ledger", "backup", "copy.sqlite")
        #expect(backup.status == 0, "\(backup.errors)")
        try files.delete(.ledger, .log, .sharedMemory)
        try FileManager.default.moveItem(atPath: folder.path("copy.sqlite"), toPath: files.ledger)
        let result = try await company.run()
        #expect(result.errors.contains("copy") && result.errors.contains("payroll"), "\(result.errors)")
        #expect(try bank.requests().status >= company.rows)
        try await company.expectThatItFinishes()
    }

    @Test func aBackupFromBeforeTheSendingUsedAsTheLedgerSendsNothingAgain() async throws {
        try await company.importFile()
        #expect(try await company.program.run("ledger", "backup", "copy.sqlite").status == 0)
        #expect(try await company.run().status == 0)
        var other = company.program
        other.environment["PAYOUT_LEDGER"] = folder.path("copy.sqlite")
        try await company.expectThatNothingIsSent(files.ledger, by: other)
        try files.delete(.ledger, .log, .sharedMemory)
        try FileManager.default.moveItem(atPath: folder.path("copy.sqlite"), toPath: files.ledger)
        try await company.expectThatItIsPutRight(forgotten: company.rows)
        #expect(try bank.requests().pay == company.rows)
        try await company.expectThatItFinishes()
    }

    // MARK: The ledger itself

    @Test(arguments: ["payout", "attempt"]) func aDamagedPageOfTheLedgerStopsEverything(table: String) async throws {
        try await company.importFile()
        let copy = try files.copy()
        #expect(try await company.run().status == 0)
        let page = try files.number("SELECT rootpage FROM sqlite_master WHERE name = '\(table)'")
        try files.delete(.log, .sharedMemory)
        try files.overwrite(.ledger, from: (page - 1) * 4096, with: Data(repeating: 0xA5, count: 4096))
        try await company.expectThatNothingIsSent(files.ledger, "damaged")
        #expect(try await company.program.run("ledger", "verify").status == 74)
        // The advice: restore a sound copy. The copy is older, and the journal knows that.
        try files.putBack(copy)
        try await company.expectThatItIsPutRight(forgotten: company.rows)
        try await company.expectThatItFinishes()
    }
}
