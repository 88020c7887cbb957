import Fixtures
import Foundation
import Testing

/// Each person has one ledger, whatever the current folder is. A typing mistake creates none.
@Suite(.oneAtATime) struct LedgerPathTests {
    private let folder: TemporaryFolder
    private let program: Program
    private let file: PayoutCSV

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
        file = try PayoutCSV(rows: 3, in: folder)
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Returns the path of the ledger that the settings select.
    private func ledger(_ program: Program, _ flags: String...) async throws -> String {
        let findings =
            try await program.start(["doctor", "--json"] + flags).wait().json["findings"] as? [[String: Any]]
        let found = try #require(findings?.first { $0["what"] as? String == "ledger" }?["text"] as? String)
        return String(found.prefix { $0 != " " })
    }

    @Test func theDefaultLedgerIsInTheStateFolderAndOnlyItsOwnerReadsIt() async throws {
        #expect(try await program.run("import", file.path).status == 0)
        #expect(exists(program.ledger) && !exists(folder.path("output/payouts.sqlite")))
        #expect(try mode(URL(fileURLWithPath: program.ledger).deletingLastPathComponent().path) == 0o700)
        #expect(try await ledger(program) == program.ledger)
    }

    @Test(arguments: [("state", true), ("", false), ("relative", false)])
    func theStateFolderIsWhereItIsSetTo(value: String, counts: Bool) async throws {
        var program = program
        program.environment["XDG_STATE_HOME"] = value == "state" ? folder.path(value) : value
        let expected = counts ? folder.path("state/payout/payouts.sqlite") : program.ledger
        #expect(try await ledger(program) == expected)
        #expect(try await program.run("import", file.path).status == 0)
        #expect(exists(expected))
    }

    @Test func theSameFileRunFromTwoFoldersIsPaidOnce() async throws {
        let bank = try await OtherBank(in: folder)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        #expect(try await program.run("run", file.path, "--yes").status == 0)
        let elsewhere = folder.url.appendingPathComponent("elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: false)
        let second = try await Program.Running(
            executable: Program.executable, arguments: ["run", file.path, "--yes"], environment: program.environment,
            folder: elsewhere
        ).wait()
        #expect(second.status == 0 && second.errors.contains("nothing was sent"), "\(second.errors)")
        #expect(try bank.seen().payments.map(\.times) == [1, 1, 1])
    }

    @Test func aRelativeLedgerIsMadeAbsolute() async throws {
        var program = program
        program.environment["PAYOUT_LEDGER"] = "mine.sqlite"
        let real = folder.url.resolvingSymlinksInPath().path
        #expect(try await ledger(program) == real + "/mine.sqlite")
        #expect(try await ledger(program, "--sandbox") == real + "/mine.sandbox.sqlite")
        #expect(try await ledger(program, "--sandbox", "--ledger", "x") == real + "/x")
    }

    @Test(arguments: [false, true])
    func aMistypedPathMakesNothing(isFlag: Bool) async throws {
        var program = program
        let path = folder.path("mistyped/payouts.sqlite")
        if !isFlag { program.environment["PAYOUT_LEDGER"] = path }
        for command in [["import", file.path], ["run", file.path, "--yes", "--sandbox"]] {
            let result = try await program.start(command + (isFlag ? ["--ledger", path] : [])).wait()
            #expect(result.status == 74, "\(result.errors)")
            #expect(result.errors.contains("there is no folder"), "\(result.errors)")
        }
        #expect(!exists(folder.path("mistyped")) && !exists(program.ledger))
    }

    @Test func practiceHasALedgerOfItsOwnForEveryCommand() async throws {
        let practice = folder.path("home/.local/state/payout/payouts.sandbox.sqlite")
        #expect(try await program.run("import", file.path, "--sandbox").status == 0)
        #expect(exists(practice) && !exists(program.ledger))
        for command in [
            ["check", file.path], ["approve", "payroll", "--rows", "3", "--sum", "\(file.sumTiyin) tiyin"],
            ["run", "payroll", "--yes"], ["status", "payroll"], ["review", "payroll"], ["report", "payroll"],
            ["rerun", "payroll", "--yes"], ["reconcile", "payroll"], ["ledger", "verify"],
            ["ledger", "export", "payroll"], ["ledger", "backup", folder.path("copy.sqlite")], ["doctor"],
        ] {
            let result = try await program.start(command + ["--sandbox"]).wait()
            let isDone = result.status == 0 || (command[0] == "approve" && result.status == 77)
            #expect(isDone, "\(command): \(result.errors)")
        }
        #expect(!exists(program.ledger), "nothing came upon the ledger of everyday")
        for command in [
            ["status", "payroll"], ["report", "payroll"], ["withdraw", "payroll", "--rows", "2", "--note", "x"],
        ] {
            let result = try await program.start(command).wait()
            #expect(result.status == 66 && result.errors.contains("add --sandbox"), "\(result.errors)")
        }
        #expect(try await program.run("import", try PayoutCSV(rows: 1, in: folder, name: "real.csv").path).status == 0)
        for command in [["status", "payroll"], ["run", "payroll", "--yes"], ["review", "payroll"]] {
            var program = program
            program.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
            program.environment["PAYOUT_BANK_USERNAME"] = "agent"
            program.environment["PAYOUT_BANK_PASSWORD"] = "secret"
            let result = try await program.start(command).wait()
            #expect(result.status == 66 && result.errors.contains("add --sandbox"), "\(result.errors)")
        }
    }

    /// Earlier versions kept the ledger under the current folder.
    @Test func anEarlierLedgerIsNotPassedOver() async throws {
        try FileManager.default.createDirectory(atPath: folder.path("output"), withIntermediateDirectories: true)
        let earlier = ["PAYOUT_LEDGER": folder.path("output/payouts.sqlite")]
        var before = program
        before.environment.merge(earlier) { $1 }
        #expect(try await before.run("import", file.path).status == 0)
        for command in [["import", file.path], ["status"]] {
            let result = try await program.start(command).wait()
            #expect(result.status == 74, "\(result.errors)")
            #expect(
                result.errors.contains("output/payouts.sqlite") && result.errors.contains("mv "), "\(result.errors)")
        }
        #expect(!exists(program.ledger))
        let advice = try #require(try await program.run("status").errors.firstMatch(of: /mkdir.*\/(?= —)/)).output
        let shell = try Program.Running(
            executable: URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", String(advice)],
            environment: program.environment, folder: folder.url)
        #expect(try await shell.wait().status == 0)
        let moved = try await program.run("status", "payroll")
        #expect(moved.status == 0, "the advice is right: \(moved.errors)")
    }
}
