import Fixtures
import Foundation
import Testing

/// Tests that payout never mistakes the practice bank for the bank, or one bank for another. `OtherBank` plays the real
/// bank: it pays every request, even for a repeated id.
@Suite(.oneAtATime) struct SandboxAndBankTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let bank: OtherBank
    private let file: PayoutCSV

    init() async throws {
        folder = try TemporaryFolder()
        bank = try await OtherBank(in: folder)
        var program = Program(in: folder)
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        self.program = program
        file = try PayoutCSV(rows: 30, in: folder)
    }

    private func at(_ settings: [String: String]) -> Program {
        var program = program
        program.environment.merge(settings) { $1 }
        return program
    }

    /// The options that name one ledger for both practice and real runs.
    private var ledger: [String] { ["--ledger", folder.path("one.sqlite")] }

    private func expectRefusal(
        _ program: Program, _ arguments: [String], saying text: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await program.start(arguments).wait()
        #expect(result.status == 78, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
        #expect(
            !(result.output + result.errors).contains("is finished"), "\(arguments)", sourceLocation: sourceLocation)
        if let text { #expect(result.errors.contains(text), "\(result.errors)", sourceLocation: sourceLocation) }
    }

    /// Expects that every command refuses a batch that belongs to another bank.
    private func expectEveryCommandRefused(
        _ program: Program, _ more: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for command in [
            ["run", file.path, "--yes"], ["run", "payroll", "--yes"], ["rerun", "payroll", "--yes"],
            ["reconcile", "payroll"], ["reconcile", "payroll", "--paid"],
        ] {
            try await expectRefusal(program, command + more, sourceLocation: sourceLocation)
        }
    }

    /// Starts to pay the file and stops in the middle.
    private func begin(_ program: Program, at sandbox: ServedSandbox) async throws {
        let running = try program.start(["run", file.path, "--yes", "--concurrency", "1", "--rate", "40/s"])
        try await running.wait(until: { try sandbox.debits().count >= 5 })
        running.signal(SIGINT)
        #expect(try await running.wait().status == 75)
        #expect(try sandbox.debits().count < 30)
    }

    private func port(_ url: URL) throws -> Int { try #require(url.port) }

    @Test func aPracticeRunSendsTheBankNothing() async throws {
        let result = try await program.run("run", file.path, "--yes", "--sandbox", "--json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.json["bank"] as? String == "sandbox")
        #expect(try bank.seen().logins == 0)
        #expect(try bank.seen().payments.isEmpty)
    }

    @Test func aFileIsTriedInThePracticeBankAndThenPaidForReal() async throws {
        #expect(try await program.run("run", file.path, "--yes", "--sandbox").status == 0)
        #expect(try await program.run("status", "payroll").status == 66, "the ledger of everyday knows nothing of it")
        let real = try await program.run("run", file.path, "--yes", "--json")
        #expect(real.status == 0, "\(real.errors)")
        #expect(try real.json["bank"] as? String == bank.baseURL.absoluteString)
        #expect(try bank.seen().payments.map(\.times) == Array(repeating: 1, count: 30))
    }

    @Test func aBatchPaidInThePracticeBankIsRefusedAtTheBank() async throws {
        #expect(try await program.start(["run", file.path, "--yes", "--sandbox"] + ledger).wait().status == 0)
        try await expectEveryCommandRefused(program, ledger)
        try await expectRefusal(program, ["run", "payroll", "--yes", "--same-bank"] + ledger)
        #expect(try bank.seen().payments.isEmpty)
    }

    @Test func aBatchBegunAtTheBankIsRefusedInThePracticeBank() async throws {
        #expect(try await program.start(["run", file.path, "--yes"] + ledger).wait().status == 0)
        try await expectEveryCommandRefused(program, ledger + ["--sandbox"])
        #expect(try bank.seen().payments.allSatisfy { $0.times == 1 })
    }

    @Test func theSandboxByItsAddressIsKnownForOne() async throws {
        let sandbox = try await ServedSandbox(program)
        let result = try await at(sandbox.settings).run("run", file.path, "--yes", "--json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.json["bank"] as? String == "sandbox \(sandbox.baseURL.absoluteString)")
        #expect(result.errors.contains("practice bank, no money was moved"), "\(result.errors)")
        #expect(try await at(sandbox.settings).run("run", file.path, "--yes").status == 0, "it may be run again")
    }

    /// The sandbox was stopped, and a tunnel to the bank took its port.
    @Test(arguments: [true, false])
    func theBankBehindTheSandboxsOldAddressIsAnother(isWhole: Bool) async throws {
        let sandbox = try await ServedSandbox(program)
        if isWhole {
            #expect(try await at(sandbox.settings).run("run", file.path, "--yes").status == 0)
        } else {
            try await begin(at(sandbox.settings), at: sandbox)
        }
        sandbox.stop()
        let tunnel = try await OtherBank(in: folder, port: try port(sandbox.baseURL))
        #expect(tunnel.baseURL == sandbox.baseURL)
        try await expectEveryCommandRefused(at(tunnel.settings))
        try await expectRefusal(at(tunnel.settings), ["run", "payroll", "--yes", "--same-bank"], saying: "practice")
        #expect(try tunnel.seen().payments.isEmpty)
    }

    @Test func theSandboxBehindTheBanksOldAddressIsAnother() async throws {
        let running = try program.start(["run", file.path, "--yes", "--concurrency", "1", "--rate", "40/s"])
        try await running.wait(until: { try bank.seen().payments.count >= 5 })
        running.signal(SIGINT)
        #expect(try await running.wait().status == 75)
        bank.stop()
        let sandbox = try await ServedSandbox(program, port: try port(bank.baseURL))
        for command in [["run", "payroll", "--yes"], ["reconcile", "payroll"]] {
            try await expectRefusal(at(sandbox.settings), command)
        }
        #expect(try sandbox.debits().isEmpty)
    }

    @Test func anotherLoopbackPortIsAnotherBank() async throws {
        let sandbox = try await ServedSandbox(program)
        try await begin(at(sandbox.settings), at: sandbox)
        try await expectEveryCommandRefused(program)
        #expect(try bank.seen().logins == 0, "before anybody signs in")
        let elsewhere = try await ServedSandbox(program)
        try await expectEveryCommandRefused(at(elsewhere.settings))
        #expect(try elsewhere.requests().pay == 0)
        let moved = try await at(elsewhere.settings).run("run", "payroll", "--yes", "--same-bank")
        #expect(moved.status == 0, "a sandbox may move: \(moved.errors)")
    }

    @Test(arguments: ["rerun", "reconcile"])
    func aMoveOfTheBankIsConfirmedForEachCommandThatBinds(command: String) async throws {
        let first = try await ServedSandbox(program, "--journal", folder.path("bank.journal"))
        // The sandbox refuses this card.
        try Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000".utf8)
            .write(to: URL(fileURLWithPath: file.path))
        #expect(try await at(first.settings).run("run", file.path, "--yes").status == 10)
        first.stop()
        let second = try await ServedSandbox(program, "--journal", folder.path("bank.journal"))
        let arguments = [command, "payroll"] + (command == "rerun" ? ["--yes"] : [])
        try await expectRefusal(at(second.settings), arguments, saying: "--same-bank")
        let moved = try await at(second.settings).start(arguments + ["--same-bank"]).wait()
        #expect(moved.status == 10, "\(moved.errors)")
        #expect(try await at(second.settings).start(arguments).wait().status == 10, "once is enough")
    }

    /// - Parameter isDone: whether the file was already moved, so that the round knows the batch only from the ledger.
    @Test(arguments: [true, false])
    func oneBatchThatIsBoundElsewhereDoesNotHoldUpTheInbox(isDone: Bool) async throws {
        try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: true)
        _ = try PayoutCSV(rows: 200, in: folder, name: "in/practice.csv")
        let sandbox = try await ServedSandbox(program, "--latency", "20")
        let first = try at(sandbox.settings).start(["inbox", "in", "--settle", "0"])
        try await first.wait(until: { try sandbox.debits().count > 0 })
        first.signal(SIGTERM)
        #expect(try await first.wait().status == 75)
        if isDone {
            try FileManager.default.moveItem(
                atPath: folder.path("in/waiting/practice.csv"), toPath: folder.path("in/done/practice.csv"))
        }
        _ = try PayoutCSV(rows: 2, in: folder, name: "in/real.csv")
        let second = try await program.run("inbox", "in", "--settle", "0", "--json")
        #expect(second.status == 78, "\(second.errors)")
        let entries = try #require(try second.json["files"] as? [[String: Any]])
        let statuses = Dictionary(
            uniqueKeysWithValues: entries.map { ($0["file"] as? String ?? "", $0["status"] as? Int ?? -1) })
        #expect(statuses == ["practice.csv": 78, "real.csv": 0])
        #expect(try bank.seen().payments.count == 2)
        #expect(entries.compactMap { $0["bank"] as? String }.contains(bank.baseURL.absoluteString))
    }

    @Test func theSandboxListensOnLoopbackAlone() async throws {
        let sandbox = try await ServedSandbox(program)
        let port = String(format: "%04X", try port(sandbox.baseURL))
        var listening: [Substring] = []
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            for line in try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                let address = fields[1].split(separator: ":")
                if fields[3] == "0A", address[1] == port { listening.append(address[0]) }
            }
        }
        #expect(listening == ["0100007F"])
    }
}
