import Fixtures
import Foundation
import Testing

/// Errors before anything is sent. Each gives a clear message and its exit code, and changes nothing.
@Suite(.oneAtATime) struct TroubleTests {
    let folder: TemporaryFolder
    let program: Program
    let file: PayoutCSV

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
        file = try PayoutCSV(rows: 3, in: folder)
    }

    private func expect(
        _ status: Int32, saying text: String, from program: Program, _ arguments: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let result = try await program.start(arguments).wait()
        #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains(text), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(
            !FileManager.default.fileExists(atPath: folder.path("output/payroll.xlsx")), sourceLocation: sourceLocation)
    }

    @Test func addingAUserWithAnInvalidNameExplainsTheMistake() async throws {
        for name in ["bad name", "Ўткир"] {
            try await expect(
                64, saying: "a name is 1 to 32", from: program, "desk-user", "add", name, "--role", "maker")
        }
        try await expect(
            64, saying: "at least 10 characters", from: program, "desk-user", "add", "dilnoza", "--role", "maker")
    }

    @Test(arguments: ["1111111111", "121212121212", "my Dilnoza 1990", "PayoutPayout2026", "AnorBank-2026"])
    func aPasswordThatIsEasyToGuessIsRefused(password: String) async throws {
        let add = try await program.start(
            ["desk-user", "add", "dilnoza", "--role", "maker"], input: password + "\n"
        ).wait()
        #expect(add.status == 64 && add.errors.contains("different characters"), "\(add.errors)")
    }

    @Test func aSecondFactorIsNotEnrolledWithAWrongCode() async throws {
        let add = try await program.start(
            ["desk-user", "add", "rustam", "--role", "checker"], input: "a long password\n"
        ).wait()
        #expect(add.status == 0, "\(add.errors)")
        let wrong = try await program.start(["desk-user", "second-factor", "rustam"], input: "000000\n").wait()
        #expect(wrong.status == 64 && wrong.errors.contains("the code is wrong"), "\(wrong.errors)")
        #expect(wrong.errors.contains("█"), "the QR code")
        #expect(try await program.run("desk-user", "list").output == "rustam\tchecker\n")
        try await expect(66, saying: "there is no user", from: program, "desk-user", "second-factor", "aziz")
        try await expect(
            0, saying: "no second factor any more", from: program, "desk-user", "second-factor", "rustam", "--remove")
    }

    @Test func aMissingBankIsAConfigurationError() async throws {
        try await expect(78, saying: "PAYOUT_BANK_URL", from: program, "run", file.path, "--yes")
        #expect(!FileManager.default.fileExists(atPath: program.ledger))
    }

    @Test(arguments: [
        ("PAYOUT_CONCURRENCY", "many"), ("PAYOUT_CONCURRENCY", "0"), ("PAYOUT_REQUEST_TIMEOUT", "-1"),
        ("PAYOUT_RECONCILE_WHEN_NOT_FOUND", "pay"), ("PAYOUT_LANG", "fr"), ("PAYOUT_MAX_ROW", "1e9"),
        ("PAYOUT_BANK_URL", "ftp://bank"), ("PAYOUT_BANK_URL", "not an address"),
    ])
    func aSettingThatCannotBeUsedIsNamed(name: String, value: String) async throws {
        var program = program
        program.environment.merge([
            "PAYOUT_BANK_URL": "http://127.0.0.1:9", "PAYOUT_BANK_USERNAME": "agent", "PAYOUT_BANK_PASSWORD": "secret",
        ]) { $1 }
        program.environment[name] = value
        try await expect(78, saying: name, from: program, "run", file.path, "--yes")
    }

    @Test func aFlagWinsOverTheEnvironmentAndTheEnvironmentOverTheFile() async throws {
        var program = program
        program.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        let yaml = URL(fileURLWithPath: folder.path("payout.yaml"))
        try Data("bank:\n  username: agent\n  password: secret\nconcurrency: many\nlang: fr\n".utf8).write(to: yaml)
        try await expect(78, saying: "lang in payout.yaml, line 5, is “fr”", from: program, "run", file.path, "--yes")
        program.environment["PAYOUT_LANG"] = "ru"
        try await expect(
            78, saying: "concurrency in payout.yaml, line 4, is “many”", from: program, "run", file.path, "--yes")
        program.environment["PAYOUT_CONCURRENCY"] = "none"
        let result = try await program.run("run", file.path, "--yes", "--concurrency", "4")
        #expect(result.status == 69, "\(result.errors)")
    }

    @Test func aSlipInTheSettingsFileDoesNotShowThePassword() async throws {
        let yaml = URL(fileURLWithPath: folder.path("payout.yaml"))
        try Data("bank:\n  password: @s3cretPass: word\n".utf8).write(to: yaml)
        let result = try await program.run("status")
        #expect(result.status == 78)
        #expect(result.errors.contains("payout.yaml"))
        #expect(!(result.errors + result.output).contains("s3cretPass"))
    }

    @Test func aLinkToALedgerIsTheSameLedgerWithTheSameLocks() async throws {
        let bank = try await ServedSandbox(program, "--latency", "3000")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        #expect(try await program.run("import", file.path).status == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.sqlite"), withDestinationPath: program.ledger)
        let first = try program.start(["run", "payroll", "--yes"])
        try await first.wait(until: { try bank.requests().mostOpen > 0 })
        try await bank.whileItIsSilent {
            let second = try await program.run("run", "payroll", "--yes", "--ledger", "link.sqlite")
            #expect(second.status == 75)
        }
        #expect(try await first.wait().status == 0)
    }

    @Test func aMissingFileAndAFolderForAFileAreNamed() async throws {
        try await expect(66, saying: "nowhere.csv", from: program, "run", "nowhere.csv", "--sandbox", "--yes")
        try await expect(66, saying: "no-such-batch", from: program, "run", "no-such-batch", "--sandbox", "--yes")
        try await expect(66, saying: folder.url.path, from: program, "check", folder.url.path)
        try await expect(66, saying: "no-such-batch", from: program, "status", "no-such-batch", "--sandbox")
    }

    @Test func aFileWithMistakesIsNeitherStoredNorSent() async throws {
        let samples = Checkout.file("samples/mistakes.csv").path
        try await expect(65, saying: "row", from: program, "run", samples, "--sandbox", "--yes")
        try await expect(65, saying: "row", from: program, "import", samples)
        #expect(
            try await program.run("status", "--json").output.trimmingCharacters(in: .whitespacesAndNewlines) == "[\n\n]"
        )
    }

    @Test func aBankThatCannotBeReachedLeavesTheBatchReadyToRun() async throws {
        var program = program
        program.environment.merge([
            "PAYOUT_BANK_URL": "http://127.0.0.1:9", "PAYOUT_BANK_USERNAME": "agent", "PAYOUT_BANK_PASSWORD": "secret",
        ]) { $1 }
        let result = try await program.run("run", file.path, "--yes", "--json")
        #expect(result.status == 69, "\(result.errors)")
        #expect(try (result.json["rows"] as? [String: Int])?["notSent"] == 3)
    }

    @Test func aWrongPasswordIsNotASilentRetry() async throws {
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_BANK_PASSWORD"] = "wrong"
        let result = try await program.run("run", file.path, "--yes")
        #expect(result.status == 75, "\(result.errors)")
        #expect(try bank.requests().pay == 0)
        #expect(!result.errors.contains("wrong"))
    }

    @Test func aFileThatIsNotALedgerIsNotChanged() async throws {
        let path = folder.path("notes.txt")
        let text = Data("The accountant's notes, which are no ledger and should stay as they are.".utf8)
        try text.write(to: URL(fileURLWithPath: path))
        try await expect(
            74, saying: "is not a payout ledger", from: program, "run", file.path, "--sandbox", "--yes", "--ledger",
            path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func lookingForABatchMakesNoLedger() async throws {
        for arguments in [["status"], ["status", "payroll"], ["report", "payroll"], ["reconcile", "payroll"]] {
            let result = try await program.start(arguments).wait()
            #expect(result.status == 66)
            #expect(result.errors.contains("there is no ledger"))
        }
        #expect(!FileManager.default.fileExists(atPath: program.ledger))
    }

    @Test func aDamagedLedgerIsReportedAsDamaged() async throws {
        #expect(
            try await program.run("import", try PayoutCSV(rows: 500, in: folder, name: "long.csv").path).status == 0)
        let ledger = try FileHandle(forUpdating: URL(fileURLWithPath: program.ledger))
        try ledger.seek(toOffset: 5 * 4096)
        try ledger.write(contentsOf: Data(repeating: 0xFF, count: 30 * 4096))
        try ledger.close()
        try await expect(74, saying: "is damaged", from: program, "report", "long")
        var program = program
        program.environment.merge([
            "PAYOUT_BANK_URL": "http://127.0.0.1:9", "PAYOUT_BANK_USERNAME": "agent", "PAYOUT_BANK_PASSWORD": "secret",
        ]) { $1 }
        try await expect(74, saying: "is damaged", from: program, "run", "long", "--yes")
    }

    @Test func aKeyThatDoesNotFitIsSaid() async throws {
        #expect(try await program.run("import", file.path).status == 0)
        var program = program
        program.environment["PAYOUT_KEY_FILE"] = folder.path("other.key")
        try Data(String(repeating: "ab", count: 32).utf8).write(to: URL(fileURLWithPath: folder.path("other.key")))
        unsafe chmod(folder.path("other.key"), 0o600)
        try await expect(77, saying: "PAYOUT_KEY_FILE", from: program, "report", "payroll")
    }

    @Test func anOutputFolderThatCannotBeWrittenIsFoundOutBeforeAnythingIsSent() async throws {
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_OUTPUT"] = file.path + "/reports"
        program.environment["PAYOUT_LEDGER"] = folder.path("payouts.sqlite")
        try await expect(73, saying: "reports", from: program, "run", file.path, "--yes")
        #expect(try bank.requests().pay == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.path("payouts.sqlite")))
    }

    @Test func wrongUseIsSixtyFour() async throws {
        #expect(try await program.run("pay", "payroll.csv").status == 64)
        #expect(try await program.run("run", file.path, "--sandbox", "--rate", "fast").status == 64)
    }

    @Test func aBatchTriedInTheSandboxIsUnpaidAtTheBank() async throws {
        #expect(try await program.run("import", file.path).status == 0)
        #expect(try await program.run("run", file.path, "--sandbox", "--yes").status == 0)
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        let result = try await program.run("run", file.path, "--yes")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try bank.debits().count == 3)
    }
}
