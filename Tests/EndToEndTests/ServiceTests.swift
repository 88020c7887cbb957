import Fixtures
import Foundation
import Testing

/// People who may use the service's account through sudo, and want more than the rules allow.
@Suite(.oneAtATime, .enabled(if: ServiceHost.isAvailable, "this needs root, sudo, setpriv and unshare"))
struct ServiceTests {
    private let host: ServiceHost
    private let bank: ServedSandbox
    private let file: PayoutCSV

    init() async throws {
        let bankFolder = try TemporaryFolder()
        bank = try await ServedSandbox(Program(in: bankFolder))
        host = try ServiceHost(
            settings: """
                requireApproval: true
                maxDay: 100000000
                bank:
                  url: \(bank.baseURL)
                  username: agent
                  password: s3cret-Pa$$
                """)
        file = try PayoutCSV(rows: 3, in: host.folder)
        let imported = try await host.shell("payout", "PAYOUT import \(file.path)")
        try #require(imported.status == 0, "\(imported.errors)")
    }

    private var totals: String { "--rows 3 --sum '\(file.sumTiyin) tiyin'" }

    private func key() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: host.folder.path("key/ledger.key")))
    }

    @Test func eachPersonDoesTheirPartUnderTheirOwnName() async throws {
        let early = try await host.sudo("alice", "run payroll --yes")
        #expect(early.status == 77 && early.errors.contains("needs the approval"), "\(early.errors)")
        let approved = try await host.sudo("boss", "approve payroll \(totals)")
        #expect(approved.status == 0, "\(approved.errors)")
        let paid = try await host.sudo("alice", "run payroll --yes")
        #expect(paid.status == 0, "\(paid.errors)")
        #expect(try bank.debits().count == 3)
        let export = try await host.shell("payout", "PAYOUT ledger export payroll")
        #expect(export.output.contains("boss@") && export.output.contains("alice@"), "\(export.output.prefix(600))")
        let report = try await host.sudo("alice", "report payroll --format csv -o mine.csv")
        #expect(report.status == 0, "\(report.errors)")
        #expect(FileManager.default.fileExists(atPath: host.folder.path("state/reports/mine.csv")))
    }

    /// Settings in the person's folder and environment do not count.
    @Test(arguments: [
        "sudo -n -u payout PAYOUT run payroll --yes",
        "sudo -n -u payout -D . PAYOUT run payroll --yes",
        "PAYOUT_REQUIRE_APPROVAL=false PAYOUT_BANK_URL=http://127.0.0.1:9 sudo -n -u payout PAYOUT run payroll --yes",
        "sudo -n -u payout PAYOUT_REQUIRE_APPROVAL=false PAYOUT run payroll --yes",
        "sudo -n -E -u payout PAYOUT run payroll --yes", "HOME=$PWD sudo -n -u payout PAYOUT run payroll --yes",
    ]) func theCallersFolderAndEnvironmentAreIgnored(script: String) async throws {
        let listener = try await ServedSandbox(Program(in: host.folder))
        let settings = """
            cat > payout.yaml <<END
            ledger: \(host.folder.path("state/payouts.sqlite"))
            keyFile: \(host.folder.path("key/ledger.key"))
            requireApproval: false
            bank: {url: "\(listener.baseURL)", username: agent, passwordFile: /etc/payout/payout.yaml}
            END
            """
        let result = try await host.shell("alice", settings + "\n" + script)
        #expect(result.status != 0, "\(result.output)")
        #expect(try bank.requests().pay == 0 && listener.requests().total == 0)
        let asked = try await host.sudo("alice", "status payroll --json")
        #expect(asked.status == 0 && asked.output.contains("\"paid\" : 0"), "\(asked.output)\(asked.errors)")
    }

    @Test(arguments: [
        "report payroll --format csv -o KEY", "report payroll --format csv -o ../../key/ledger.key",
        "report payroll -o /tmp/payout-report.xlsx", "report payroll -o LINK/x.csv --format csv",
        "report payroll --ledger LEDGER", "report payroll --metrics-file KEY", "status --ledger LEDGER",
        "status --metrics-file KEY", "run KEY --yes", "run /etc/shadow --yes", "run link --yes",
        "run ../../key/ledger.key --yes",
        "rerun payroll --corrections KEY --yes", "rerun payroll --corrections /etc/shadow --yes",
    ]) func noPathLeadsOutOfTheReports(command: String) async throws {
        let before = try key()
        try FileManager.default.createDirectory(
            atPath: host.folder.path("state/reports"), withIntermediateDirectories: true)
        unsafe chown(host.folder.path("state/reports"), 5000, 5000)
        try FileManager.default.createSymbolicLink(
            atPath: host.folder.path("state/reports/link"), withDestinationPath: host.folder.path("key"))
        let arguments = command.replacingOccurrences(of: "KEY", with: host.folder.path("key/ledger.key"))
            .replacingOccurrences(of: "LEDGER", with: host.folder.path("state/payouts.sqlite"))
            .replacingOccurrences(of: "LINK", with: "link")
        let result = try await host.sudo("alice", arguments)
        #expect(result.status == 77, "\(result.output)\(result.errors)")
        #expect(result.errors.contains("under sudo"), "\(result.errors)")
        #expect(try key() == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: host.folder.path("key")).allSatisfy {
                $0.hasPrefix("ledger")
            })
    }

    @Test func aRightAllowsOnlyItsOwnActions() async throws {
        for (person, command) in [
            ("alice", "approve payroll \(totals)"), ("boss", "run payroll --yes"), ("boss", "status payroll"),
            ("alice", "import /etc/passwd"), ("alice", "bank login"), ("alice", "ledger recover --lost"),
            ("boss", "doctor"), ("alice", "inbox /tmp"), ("alice", "desk-user add alice --role checker"),
        ] {
            let result = try await host.sudo(person, command)
            #expect(result.status == 1 && !result.errors.contains("payout:"), "\(person) \(command): \(result.errors)")
        }
    }

    @Test func anApproverLearnsNoTotals() async throws {
        let amounts = [100_000, 100_001, 100_002, file.sumTiyin].flatMap { tiyin in
            ["\(tiyin)", "\(tiyin / 100)", Self.grouped(tiyin / 100)]
        }
        for stated in [
            "--rows 1 --sum '1 tiyin'", "--rows 3 --sum '1 tiyin'", "--rows 4 --sum '\(file.sumTiyin) tiyin'",
        ] {
            let result = try await host.sudo("boss", "approve payroll \(stated)")
            #expect(result.status == 77)
            let own = stated.contains("\(file.sumTiyin)")
            for amount in amounts where !own { #expect(!result.errors.contains(amount), "\(result.errors)") }
            #expect(stated.contains("--rows 3") || !result.errors.contains("3 rows"), "\(result.errors)")
        }
        let refused = try await host.shell("payout", "PAYOUT run payroll --yes")
        #expect(refused.status == 77 && !refused.errors.contains("batch has"), "\(refused.errors)")
    }

    private static func grouped(_ number: Int) -> String { "\(number / 1000) \(String(format: "%03d", number % 1000))" }
}

/// Tests how payout identifies a person, and what it shows to the person's own account.
@Suite(.oneAtATime) struct CallerTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        program.environment["PAYOUT_LEDGER"] = folder.path("payouts.sqlite")
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        self.program = program
    }

    private func by(_ name: String) -> Program {
        var program = program
        program.environment["SUDO_USER"] = name
        return program
    }

    @Test(
        .people, arguments: ["", " ", "boss\n", "boss ", "ди", "a b", "boss\u{200B}", "8600069195406311", "a/b", "x@y"])
    func aNameThatBelongsToNobodyCannotApprove(name: String) async throws {
        let file = try PayoutCSV(rows: 1, in: folder)
        #expect(try await by("dilnoza").run("import", file.path).status == 0)
        let result = try await by(name).run("approve", "payroll", "--rows", "1", "--sum", "\(file.sumTiyin) tiyin")
        #expect(result.status == 77 && result.errors.contains("does not name a person"), "\(result.errors)")
    }

    @Test(.people, arguments: ["dilnoza", "Dilnoza", "DILNOZA"])
    func anotherSpellingOfANameIsTheSamePerson(name: String) async throws {
        let file = try PayoutCSV(rows: 1, in: folder)
        #expect(try await by("dilnoza").run("import", file.path).status == 0)
        let result = try await by(name).run("approve", "payroll", "--rows", "1", "--sum", "\(file.sumTiyin) tiyin")
        #expect(result.status == 77 && result.errors.contains("another person must approve"), "\(result.errors)")
    }

    /// payout asks the kernel who logged in, not sudo.
    @Test(.enabled(if: LoginAccount.canBeSet, "this needs root, and a kernel that lets it set who logged in"))
    func thePersonIsWhoLoggedIn() async throws {
        let script = "echo 1 > /proc/self/loginuid && SUDO_USER=boss exec \(Program.executable.path) doctor --json"
        let result = try await program.start(["-c", script], by: URL(fileURLWithPath: "/bin/sh")).wait()
        #expect(result.output.contains(/daemon@[^ ]+#1\b/) && !result.output.contains("boss@"), "\(result.output)")
    }

    /// A rule that is not read is off, and nobody would notice.
    @Test(arguments: [
        ("requireApprovals: true", "requireApprovals in payout.yaml, line 1, is not a setting"),
        ("RequireApproval: true", "RequireApproval in payout.yaml, line 1, is not a setting"),
        ("rules: {requireApproval: true}", "rules.requireApproval in payout.yaml, line 1, is not a setting"),
        ("requireApproval: [yes]", "requireApproval in payout.yaml, line 1, must have one value"),
        ("requireApproval:", "requireApproval in payout.yaml, line 1, must have one value"),
        ("requireApproval: {a: yes}", "requireApproval.a in payout.yaml, line 1, is not a setting"),
        ("maxDay: [5]", "maxDay in payout.yaml, line 1, must have one value"),
    ])
    func aSettingThatCannotBeMeantIsRefused(line: String, told: String) async throws {
        var program = Program(in: folder)
        program.environment["PAYOUT_LEDGER"] = folder.path("payouts.sqlite")
        let file = try PayoutCSV(rows: 1, in: folder)
        try Data("\(line)\n".utf8).write(to: URL(fileURLWithPath: folder.path("payout.yaml")))
        let result = try await program.run("run", file.path, "--sandbox", "--yes")
        #expect(result.status == 78 && result.errors.contains(told), "\(result.errors)")
    }

    @Test func aMistypedVariableIsRefusedAndAnEmptyOneHidesNoSetting() async throws {
        let file = try PayoutCSV(rows: 1, in: folder)
        var program = program
        program.environment["PAYOUT_REQUIRE_APPROVALS"] = "true"
        let refused = try await program.run("run", file.path, "--sandbox", "--yes")
        #expect(
            refused.status == 78 && refused.errors.contains("PAYOUT_REQUIRE_APPROVALS is not a setting"),
            "\(refused.errors)")
        program.environment["PAYOUT_REQUIRE_APPROVALS"] = nil
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = ""
        try Data("requireApproval: true\n".utf8).write(to: URL(fileURLWithPath: folder.path("payout.yaml")))
        #expect(try await program.run("run", file.path, "--sandbox", "--yes").status == 77)
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root can make files of other accounts"),
        arguments: ["file", "folder", "writable file", "writable folder", "link"])
    func settingsThatAnotherAccountCanWriteAreRefused(whose: String) async throws {
        let path = folder.path("payout.yaml")
        let target = whose == "link" ? folder.path("other.yaml") : path
        try Data("bank: {url: \"http://127.0.0.1:9\", username: x, password: y}\n".utf8)
            .write(to: URL(fileURLWithPath: target))
        switch whose {
        case "file": unsafe chown(path, 5001, 5001)
        case "folder": unsafe chown(folder.url.path, 5001, 5001)
        case "writable file": unsafe chmod(path, 0o666)
        case "writable folder": unsafe chmod(folder.url.path, 0o777)
        default: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        }
        let result = try await program.run("doctor")
        #expect(
            result.status == 78 && result.errors.contains("says where money goes"), "\(result.output)\(result.errors)")
    }
}

extension Trait where Self == ConditionTrait {
    /// The test acts as two people. That works only if the kernel does not know who logged in.
    static var people: Self { .enabled(if: LoginAccount.isUnknown, "the kernel knows who logged in here") }
}

/// The account of the login, as the kernel knows it.
enum LoginAccount {
    private static let path = "/proc/self/loginuid"

    static let isUnknown = FileManager.default.contents(atPath: path).map { $0 == Data("4294967295".utf8) } ?? true

    static let canBeSet: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "echo 1 > \(path)"]
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()
}
