import Fixtures
import Foundation
import PaymentValues
import Testing

/// The inbox folder that cron processes at night.
@Suite(.oneAtATime) struct InboxTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        // This bank pays every request, even for a repeated id.
        bank = try await ServedSandbox(program, "--latency", "10", "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_LEDGER"] = folder.path("payouts.sqlite")
        program.environment["PAYOUT_REQUEST_TIMEOUT"] = "2"
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        program.environment["PAYOUT_RECONCILE_WHEN_NOT_FOUND"] = "resend"
        self.program = program
        try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: true)
    }

    @discardableResult private func drop(_ name: String, rows: Int) throws -> PayoutCSV {
        try PayoutCSV(rows: rows, in: folder, name: "in/" + name)
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("in/" + name)))
    }

    private func files(in place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path("in/" + place)).filter { !$0.hasPrefix(".") }
            .sorted()
    }

    private func round(_ arguments: String...) async throws -> Program.Result {
        try await program.start(["inbox", "in", "--settle", "0"] + arguments).wait()
    }

    @Test func everyCompleteFileIsPaidOnceOrRejectedWithItsReasons() async throws {
        try drop("a.csv", rows: 3)
        try drop("c.csv", rows: 2)
        try write("account,mfo,pan,exp,amount\n20208000900123456001,1183,8600069195406311,1230,100000", to: "b.csv")
        try write("PK\u{3}\u{4}", to: "book.xlsx")
        try write("account,mfo", to: "growing.csv.part")
        try write("x", to: "~$a.xlsx")
        try write("x", to: ".hidden.csv")
        let result = try await round("--json")
        #expect(result.status == 65, "\(result.errors)")
        let entries = try #require(try result.json["files"] as? [[String: Any]])
        let results = Dictionary(
            uniqueKeysWithValues: entries.map { ($0["file"] as? String ?? "", $0["result"] as? String ?? "") })
        #expect(
            results == [
                "a.csv": "done", "b.csv": "rejected", "book.xlsx": "rejected", "c.csv": "done",
                "growing.csv.part": "left", "~$a.xlsx": "left", ".hidden.csv": "left",
            ])
        #expect(try files(in: "done") == ["a.csv", "a.xlsx", "c.csv", "c.xlsx"])
        #expect(
            try files(in: "rejected") == [
                "b.csv", "b.findings.xlsx", "b.txt", "book.findings.xlsx", "book.txt", "book.xlsx",
            ])
        #expect(try files(in: "waiting").isEmpty)
        #expect(try String(contentsOfFile: folder.path("in/rejected/b.txt"), encoding: .utf8).contains("01183"))
        #expect(try Spreadsheet(folder.path("in/done/a.xlsx")).rows(of: "Rows").count == 5)
        #expect(try bank.debits().count == 5)
        let again = try await round()
        #expect(again.status == 0 && !again.output.contains("a.csv:"), "\(again.output)")
        #expect(try bank.requests().pay == 5)
    }

    /// Nobody looks at it before it is paid, whatever warnings are accepted.
    @Test func aFileThatEndsInTheMiddleOfARowIsRejectedEvenIfWarningsAreAccepted() async throws {
        let row = "20208000900123456001,01183,\(Samples.card(1).digits),1230,"
        try write("account,mfo,pan,exp,amount\n\(row)150000000\n\(row)150001000\n\(row)1500", to: "cut.csv")
        let night = try await round("--accept-warnings")
        #expect(night.status == 65, "\(night.output)")
        let reasons = try String(contentsOfFile: folder.path("in/rejected/cut.txt"), encoding: .utf8)
        #expect(reasons.contains("ends in the middle"))
        #expect(try bank.debits().isEmpty)
        #expect(try files(in: "rejected").contains("cut.csv"))
    }

    @Test func theInboxTakesFromItsSettingsWhatTheFilesDoNotSay() async throws {
        let file = "№;ФИО;Карта;Годен до;Сумма к выплате\n1;Каримов;\(Samples.card(1).digits);12/30;1500\n"
        try write(file, to: "asked.csv")
        #expect(try await round().status == 65)
        #expect(try files(in: "rejected").contains("asked.csv"))
        try Data("unit: som\naccount: \"20208000900123456001\"\nmfo: \"01183\"\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payout.yaml")))
        try write(file, to: "told.csv")
        let night = try await round()
        #expect(night.status == 0, "\(night.output)")
        #expect(try files(in: "done").contains("told.csv"))
        #expect(try bank.debits().count == 1)
    }

    @Test func aFileThatChangedAMomentAgoIsLeftForTheNextRound() async throws {
        try drop("a.csv", rows: 1)
        let result = try await program.run("inbox", "in", "--settle", "3600")
        #expect(result.status == 0 && result.output.contains("a.csv: left"))
        #expect(try bank.requests().pay == 0)
        #expect(try files(in: "").contains("a.csv"))
    }

    @Test func theSameBytesUnderAnotherNameAreNotPaidAgain() async throws {
        try drop("a.csv", rows: 2)
        try FileManager.default.copyItem(atPath: folder.path("in/a.csv"), toPath: folder.path("a-copy"))
        #expect(try await round().status == 0)
        for name in ["a.csv", "b.csv"] {
            try FileManager.default.copyItem(atPath: folder.path("a-copy"), toPath: folder.path("in/" + name))
        }
        let result = try await round()
        #expect(result.status == 65 && result.output.contains("imported already, as “a”"), "\(result.output)")
        #expect(try files(in: "rejected") == ["a.csv", "a.txt", "b.csv", "b.txt"])
        #expect(try bank.debits().count == 2)
    }

    @Test func anotherFileOfANameThatIsTakenIsRejectedWithWhatToDo() async throws {
        try drop("a.csv", rows: 2)
        #expect(try await round().status == 0)
        try drop("other.csv", rows: 3)
        try FileManager.default.moveItem(atPath: folder.path("in/other.csv"), toPath: folder.path("in/a.csv"))
        let result = try await round()
        #expect(result.status == 65 && result.output.contains("rename this file"), "\(result.output)")
        #expect(try bank.debits().count == 2)
        #expect(try files(in: "rejected") == ["a.csv", "a.txt"])
    }

    @Test func withoutABankEverythingWaitsForTheNextNight() async throws {
        try drop("a.csv", rows: 2)
        try drop("b.csv", rows: 2)
        var lonely = program
        lonely.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        #expect(try await lonely.run("inbox", "in", "--settle", "0").status == 69)
        #expect(try files(in: "waiting") == ["a.csv", "b.csv"])
        #expect(try await round().status == 0)
        #expect(try files(in: "done") == ["a.csv", "a.xlsx", "b.csv", "b.xlsx"])
        #expect(try bank.debits().count == 4)
    }

    @Test func warningsAndApprovalsWaitForPeople() async throws {
        let line = "20208000900123456001,01183,8600069195406311,1230,100000"
        try write("account,mfo,pan,exp,amount\n\(line)\n\(line)\n", to: "twice.csv")
        #expect(try await round().status == 65)
        try FileManager.default.moveItem(
            atPath: folder.path("in/rejected/twice.csv"), toPath: folder.path("in/twice.csv"))
        var careful = program
        careful.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        careful.environment["SUDO_USER"] = "dilnoza"
        let waiting = try await careful.run("inbox", "in", "--settle", "0", "--accept-warnings")
        #expect(waiting.status == 77 && waiting.output.contains("twice.csv: waiting"), "\(waiting.output)")
        careful.environment["SUDO_USER"] = "rustam"
        #expect(try await careful.run("approve", "twice", "--rows", "2", "--sum", "2000 UZS").status == 0)
        #expect(try await round().status == 0)
        #expect(try bank.debits().count == 2)
    }

    @Test func aRowThatWasCorrectedAndApprovedSinceIsPaidByTheNextRound() async throws {
        try write("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000", to: "a.csv")
        #expect(try await round().status == 10)
        var careful = program
        careful.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        careful.environment["SUDO_USER"] = "dilnoza"
        try Data("row,pan,exp\n2,9860575004079332,1130".utf8).write(to: URL(fileURLWithPath: folder.path("fix.csv")))
        #expect(try await careful.run("rerun", "a", "--corrections", "fix.csv", "--yes").status == 77)
        #expect(try await careful.run("inbox", "in", "--settle", "0").status == 77)
        careful.environment["SUDO_USER"] = "rustam"
        #expect(try await careful.run("approve", "a", "--rows", "1", "--sum", "1000 UZS").status == 0)
        let result = try await careful.run("inbox", "in", "--settle", "0")
        #expect(result.status == 0 && result.output.contains("a.csv: continued: 1 paid"), "\(result.output)")
        #expect(try bank.debits().count == 1)
        #expect(try Spreadsheet(folder.path("in/done/a.xlsx")).rows(of: "Attempts").count == 3)
    }

    @Test func twoRoundsAreNeverOnAtOnce() async throws {
        try drop("a.csv", rows: 400)
        let first = try program.start(["inbox", "in", "--settle", "0", "--json"])
        try await first.wait(until: { try bank.requests().pay > 0 })
        try await bank.whileItIsSilent {
            let second = try await round()
            #expect(second.status == 75 && second.errors.contains("another round is working"), "\(second.errors)")
        }
        #expect(try await first.wait().status == 0)
        #expect(try bank.debits().count == 400)
    }

    // MARK: Files that cannot be taken

    /// An upload that stalls for longer than the settling time.
    @Test func aFileThatIsStillWrittenIsNotTaken() async throws {
        let file = try PayoutCSV(rows: 10, in: folder, name: "whole.csv")
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        let lines = text.components(separatedBy: "\n")
        try write(lines[...5].joined(separator: "\n") + "\n", to: "slow.csv")
        let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("in/slow.csv")))
        try writer.seekToEnd()
        try drop("other.csv", rows: 2)
        let night = try await round()
        #expect(night.status == 0 && night.output.contains("slow.csv: left: another program"), "\(night.output)")
        #expect(try bank.debits().count == 2)
        try writer.write(contentsOf: Data(lines[6...].map { $0 + "\n" }.joined().utf8))
        try writer.close()
        #expect(try await round().status == 0)
        #expect(try bank.debits().count == 12)
    }

    @Test func aFileThatWaitsForMoreThanAnHourChangesTheExitCode() async throws {
        let faketime = "/usr/bin/faketime"
        try #require(FileManager.default.isExecutableFile(atPath: faketime), "install faketime")
        try write("x", to: "growing.csv.part")
        #expect(try await round().status == 0)
        let later = try await program.start(
            ["-f", "+2h", Program.executable.path, "inbox", "in", "--settle", "0"], by: URL(fileURLWithPath: faketime)
        ).wait()
        #expect(later.status == 65 && later.output.contains("for over an hour"), "\(later.output)\(later.errors)")
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "mounting a small disk needs root"))
    func aFileThatDoesNotFitOnTheDiskHoldsUpNeitherOtherFilesNorQuestions() async throws {
        let disk = try SmallDisk(megabytes: 4)
        unsafe chmod(disk.folder.url.path, 0o700)
        let large = String(repeating: "x", count: 3 << 20)
        try Data(large.utf8).write(to: URL(fileURLWithPath: disk.path("large.csv")))
        _ = try PayoutCSV(rows: 2, in: disk.folder, name: "small.csv")
        let night = try await program.run("inbox", disk.folder.url.path, "--settle", "0")
        #expect(night.status == 73, "\(night.output)\(night.errors)")
        #expect(
            night.output.contains("large.csv: waiting") && night.output.contains("No space left"), "\(night.output)")
        #expect(night.output.contains("small.csv: done"), "\(night.output)")
        #expect(try bank.debits().count == 2)
    }

    private static let chattr = "/usr/bin/chattr"

    @Test(
        .enabled(
            if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: chattr), "this needs root and chattr"))
    func aFileThatCannotBeMovedHoldsUpNoOther() async throws {
        try drop("a.csv", rows: 2)
        try drop("fixed.csv", rows: 2)
        let path = folder.path("in/fixed.csv")
        let fixed = try await program.start(["+i", path], by: URL(fileURLWithPath: Self.chattr)).wait()
        try #require(fixed.status == 0, "\(fixed.errors)")
        let night = try await round()
        #expect(try await program.start(["-i", path], by: URL(fileURLWithPath: Self.chattr)).wait().status == 0)
        #expect(night.status == 65, "\(night.output)\(night.errors)")
        #expect(night.output.contains("fixed.csv: left: it cannot be moved"), "\(night.output)")
        #expect(night.output.contains("a.csv: done"), "\(night.output)")
        #expect(try bank.debits().count == 2)
        #expect(try await round().status == 0)
        #expect(try bank.debits().count == 4)
    }

    // MARK: Crashes

    private func demandAllPaid(rows: Int, _ note: String) throws {
        let ids = try bank.debits().map(\.agentTranId)
        #expect(Set(ids).count == ids.count && ids.count == rows, "\(note): \(ids.count) debits")
        #expect(try files(in: "done") == ["a.csv", "a.xlsx", "b.csv", "b.xlsx"], "\(note)")
        #expect(try files(in: "rejected") == ["bad.csv", "bad.findings.xlsx", "bad.txt"], "\(note)")
        #expect(try files(in: "waiting").isEmpty, "\(note)")
    }

    private func dropThree(rows: Int) throws {
        try drop("a.csv", rows: rows)
        try drop("b.csv", rows: rows)
        try write("account,mfo,pan,exp,amount\n20208000900123456001,1183,8600069195406311,1230,100000", to: "bad.csv")
    }

    /// The seed says how many requests each round makes before it is killed.
    @Test func aRoundKilledTenTimesPaysEveryRowOnce() async throws {
        let seed = TestSetting.seed.number(else: 20_261_124)
        print("killing with seed \(seed)")
        var random = SeededGenerator(seed: seed)
        try dropThree(rows: 400)
        for _ in 1...10 {
            let requests = try bank.requests().total + Int.random(in: 0...100, using: &random)
            let running = try program.start(["inbox", "in", "--settle", "0"])
            try await running.wait(until: { try bank.requests().total >= requests || !running.process.isRunning })
            running.signal(SIGKILL)
            #expect(try await running.wait().status == SIGKILL, "seed \(seed): the round ended before it was killed")
        }
        for _ in 1...5 where try !files(in: "waiting").isEmpty || files(in: "").contains("a.csv") {
            _ = try await round()
        }
        try demandAllPaid(rows: 800, "seed \(seed)")
    }
}
