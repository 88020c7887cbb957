import Fixtures
import Foundation
import Testing

/// Tests that other accounts of the machine can read nothing, and that no text from a file or the bank controls the
/// terminal.
@Suite(.oneAtATime) struct PrivacyTests {
    private let folder: TemporaryFolder
    private let program: Program

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
    }

    // MARK: Files

    @Test func theModesOfFilesDoNotDependOnTheUmask() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        let script = """
            umask 000; \(Program.executable.path) run \(file.path) --sandbox --yes --metrics-file metrics.prom
            \(Program.executable.path) ledger backup copy.sqlite --sandbox
            \(Program.executable.path) report payroll --format csv --sandbox
            """
        let result = try await program.start(["-c", script], by: URL(fileURLWithPath: "/bin/sh")).wait()
        #expect(result.status == 0, "\(result.errors)")
        var seen = 0
        for place in ["home", "output", "copy.sqlite"] {
            let below = FileManager.default.enumerator(atPath: folder.path(place))?.allObjects as? [String] ?? []
            for path in [place] + below.map({ place + "/" + $0 }) {
                var status = stat()
                unsafe lstat(folder.path(path), &status)
                #expect(status.st_mode & 0o077 == 0, "\(path): \(String(status.st_mode, radix: 8))")
                seen += 1
            }
        }
        #expect(seen > 10)
        var metrics = stat()
        unsafe stat(folder.path("metrics.prom"), &metrics)
        #expect(metrics.st_mode & 0o777 == 0o644)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o602])
    func aLedgerOrKeyThatOthersCanReadOrWriteIsRefused(mode: Int) async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        for (path, status) in [(program.ledger, Int32(74)), (folder.path("home/.config/payout/ledger.key"), 77)] {
            unsafe chmod(path, mode_t(mode))
            for command in [["status"], ["import", file.path, "--reference", "again"], ["inbox", "."]] {
                var program = program
                program.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
                program.environment["PAYOUT_BANK_USERNAME"] = "x"
                program.environment["PAYOUT_BANK_PASSWORD"] = "y"
                let result = try await program.start(command).wait()
                #expect(result.status == status && result.errors.contains("chmod 600"), "\(command): \(result.errors)")
            }
            unsafe chmod(path, 0o600)
        }
        #expect(try await program.run("status").status == 0)
    }

    @Test(arguments: ["xlsx", "csv", "json"])
    func theOutputOptionReplacesOnlyAReport(format: String) async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        for _ in 1...2 {
            for language in ["en", "ru", "uz"] {
                let report = try await program.run(
                    "report", "payroll", "--format", format, "-o", "mine." + format, "--lang", language)
                #expect(report.status == 0, "\(report.errors)")
            }
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link." + format), withDestinationPath: folder.path("mine." + format))
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        // An empty file may be a lock, such as the runner's.
        try Data().write(to: URL(fileURLWithPath: folder.path("empty")))
        for path in [
            file.path, folder.path("home/.config/payout/ledger.key"), program.ledger, "link." + format, "empty",
        ] {
            let result = try await program.run("report", "payroll", "--format", format, "-o", path)
            #expect(result.status == 73 && result.errors.contains("is not a report"), "\(path): \(result.errors)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
        #expect(try await program.run("status").status == 0)
    }

    @Test(arguments: ["xlsx", "csv"])
    func theMonthsRegisterReplacesOnlyAReport(format: String) async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        for language in ["en", "ru", "uz", "en"] {
            let month = try await program.run(
                "month", "2026-01", "--format", format, "-o", "mine." + format, "--lang", language)
            #expect(month.status == 0, "\(month.errors)")
        }
        if format == "csv" {
            let named = try PayoutCSV(rows: 1, in: folder, name: "advance,=1+41.csv")
            #expect(try await program.run("run", named.path, "--sandbox", "--yes").status == 0)
            let now = Calendar(identifier: .gregorian).dateComponents(
                in: try #require(TimeZone(identifier: "Asia/Tashkent")), from: .now)
            let month = String(format: "%04d-%02d", try #require(now.year), try #require(now.month))
            let written = try await program.run(
                "month", month, "--format", "csv", "-o", "mine.csv", "--sandbox")
            #expect(written.status == 0, "\(written.errors)")
            let text = try String(contentsOf: URL(fileURLWithPath: folder.path("mine.csv")), encoding: .utf8)
            #expect(text.contains("\"advance,'=1+41\"") && !text.contains(",=1+41"), "\(text)")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        for path in [file.path, folder.path("home/.config/payout/ledger.key"), program.ledger] {
            let result = try await program.run("month", "2026-01", "--format", format, "-o", path)
            #expect(result.status == 73 && result.errors.contains("is not a report"), "\(path): \(result.errors)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
        #expect(try await program.run("status").status == 0)
    }

    /// Another program saved the workbook, perhaps with a person's notes in it.
    @Test func aReportThatAPersonChangedIsKept() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        #expect(try await program.run("report", "payroll", "-o", "mine.xlsx").status == 0)
        _ = try Python.output(
            of:
                "import openpyxl, sys; b = openpyxl.load_workbook(sys.argv[1]); b.active['A1'] = 'note'; b.save(sys.argv[1])",
            folder.path("mine.xlsx"))
        let result = try await program.run("report", "payroll", "-o", "mine.xlsx")
        #expect(result.status == 73 && result.errors.contains("was changed since"), "\(result.errors)")
    }

    /// Somebody who may write in a folder could have payout write over any of its own files. The shell's number is the
    /// program's number after `exec`, so such a person can guess it.
    @Test(arguments: [
        ("report payroll --format xlsx -o out/r.xlsx", ["out/.payout-$$.part", "out/.r.xlsx.part"]),
        ("report payroll --format csv -o out/r.csv", ["out/.payout-$$.part", "out/.r.csv.part"]),
        ("report payroll --format json -o out/r.json", ["out/.payout-$$.part", "out/.r.json.part"]),
        ("month 2026-01 -o out/m.xlsx", ["out/.payout-$$.part", "out/.m.xlsx.part"]),
        ("month 2026-01 --format csv -o out/m.csv", ["out/.payout-$$.part", "out/.m.csv.part"]),
        ("check payroll.csv --xlsx", [".payout-$$.part", ".payroll.findings.xlsx.part"]),
        ("template -o out/t.xlsx", ["out/.payout-$$.part", "out/.t.xlsx.part"]),
        ("ledger backup out/copy.sqlite", ["out/copy.sqlite.$$.part"]),
        ("ledger backup out/copy.sqlite", ["out/copy.sqlite"]),
        ("ledger rotate-key", ["home/.config/payout/ledger.key.next.$$.part"]),
        ("ledger rotate-key", ["home/.config/payout/ledger.key.next"]),
        ("ledger rotate-key", ["$(ls home/.config/payout/*.sends).part"]),
        ("status --ledger out/new.sqlite", ["out/new.sqlite.runner", "out/new.sqlite.lock"]),
        ("import payroll.csv --reference again", ["$(ls home/.config/payout/*.sends).part"]),
        ("desk-user add ann --role maker --users out/users < password", ["out/users.part", "out/users.lock"]),
        ("run payroll.csv --sandbox --yes --metrics-file out/m.prom", ["out/m.prom.part", "out/m.prom.tmp"]),
    ])
    func aLinkInThePlaceOfATemporaryFileLeadsNowhere(command: String, places: [String]) async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        #expect(try await program.run("import", file.path).status == 0)
        try Data("a long password".utf8).write(to: URL(fileURLWithPath: folder.path("password")))
        try FileManager.default.createDirectory(atPath: folder.path("out"), withIntermediateDirectories: true)
        let kept = Data("what payout must not touch\n".utf8)
        try kept.write(to: URL(fileURLWithPath: folder.path("kept")))
        for (link, target) in [("ln -s", folder.path("kept")), ("ln -s", folder.path("nowhere")), ("ln", "kept")] {
            let laid = places.map { "rm -f \($0); \(link) \(target) \($0)" }.joined(separator: "; ")
            let result = try await program.start(
                ["-c", "\(laid); exec \(Program.executable.path) \(command)"], by: URL(fileURLWithPath: "/bin/sh")
            ).wait()
            #expect(result.status < 128, "\(link) \(target): \(result.errors)")
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: folder.path("kept"))) == kept, "\(link): \(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.path("nowhere")), "\(link): \(result.errors)")
        }
        #expect(try await program.run("ledger", "verify").status == 0)
    }

    // MARK: The bank

    /// The address is one of this machine, but payout does not know this form for one.
    @Test func plainHTTPToAnotherHostIsRefusedUnlessASettingAllowsIt() async throws {
        let file = try PayoutCSV(rows: 2, in: folder)
        let bank = try await ServedSandbox(program)
        var program = program
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_BANK_URL"] = bank.settings["PAYOUT_BANK_URL"]?
            .replacing("127.0.0.1", with: "127.1")
        for command in [["run", file.path, "--yes"], ["bank", "login"], ["doctor"]] {
            let result = try await program.start(command).wait()
            #expect(
                result.status == 78 && (result.output + result.errors).contains("PAYOUT_BANK_ALLOW_HTTP"),
                "\(command): \(result.output)\(result.errors)")
        }
        program.environment["PAYOUT_BANK_ALLOW_HTTP"] = "yes"
        let result = try await program.run("run", file.path, "--yes")
        #expect(result.status == 0 && result.errors.contains("plain http"), "\(result.errors)")
        bank.stop()
    }

    // MARK: Memory

    @Test(.enabled(if: Account.areAvailable, "only root can act as other accounts"))
    func aCrashLeavesNoCore() async throws {
        unsafe chmod(folder.url.path, 0o777)
        let account = Account(uid: 5000, groups: [5000])
        async let ended = account.run(
            [
                "/bin/sh", "-c",
                "ulimit -c unlimited; echo $$ > pid; exec \(Program.executable.path) sandbox --port 0 > out",
            ],
            by: program)
        var pid: pid_t = 0
        try await wait(for: "the program") {
            guard (FileManager.default.contents(atPath: folder.path("out")) ?? Data()).count > 10 else { return false }
            pid =
                pid_t(
                    try String(contentsOfFile: folder.path("pid"), encoding: .utf8).trimmingCharacters(
                        in: .whitespacesAndNewlines)
                ) ?? 0
            return pid > 0
        }
        let limits = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)
        #expect(limits.contains(/Max core file size +0 +0/), "\(limits)")
        var memory = stat()
        let isThere = unsafe stat("/proc/\(pid)/environ", &memory) == 0
        #expect(isThere && memory.st_uid == 0, "others of the account can look in")
        kill(pid, SIGABRT)
        _ = try await ended
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy { !$0.hasPrefix("core") })
    }

    /// The password is where its owner put it: in the environment, or in a file. No other program gets it from payout.
    @Test(.enabled(if: Account.areAvailable, "only root can act as other accounts"), arguments: [false, true])
    func thePasswordInTheEnvironmentReachesNobodyElse(isInFile: Bool) async throws {
        unsafe chmod(folder.url.path, 0o777)
        let file = try PayoutCSV(rows: 30, in: folder)
        let bank = try await ServedSandbox(program, "--latency", "50")
        var paying = program
        paying.environment.merge(bank.settings) { $1 }
        let password = try #require(paying.environment["PAYOUT_BANK_PASSWORD"])
        if isInFile {
            paying.environment["PAYOUT_BANK_PASSWORD"] = nil
            paying.environment["PAYOUT_BANK_PASSWORD_FILE"] = folder.path("password")
            try Data(password.utf8).write(to: URL(fileURLWithPath: folder.path("password")))
            unsafe chown(folder.path("password"), 5000, 5000)
            unsafe chmod(folder.path("password"), 0o600)
        }
        let payer = paying
        let run = "echo $$ > pid; exec \(Program.executable.path) run \(file.path) --yes --concurrency 1"
        async let ended = Account(uid: 5000, groups: [5000]).run(["/bin/sh", "-c", run], by: payer)
        try await wait(for: "a payment") { try bank.requests().pay > 2 }
        let pid = try String(contentsOfFile: folder.path("pid"), encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
        try await bank.whileItIsSilent {
            // Only root can read the environment of the program, not even its own account.
            let environment = try String(contentsOfFile: "/proc/\(pid)/environ", encoding: .utf8)
            #expect(environment.contains("PAYOUT_BANK_URL") && environment.contains(password) == !isInFile)
            for uid: uid_t in [5000, 5001] {
                for name in ["environ", "mem", "maps", "fd/0"] {
                    let result = try await Account(uid: uid, groups: [uid]).run(
                        ["head", "-c", "1", "/proc/\(pid)/\(name)"], by: program)
                    #expect(result.status != 0 && result.output.isEmpty, "\(name): \(result.output)")
                }
            }
            // A child would inherit the environment.
            for other in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(other) != nil {
                guard let bytes = FileManager.default.contents(atPath: "/proc/\(other)/stat") else { continue }
                let parent = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
                #expect(parent?.dropFirst().first.map(String.init) != pid, "a child of payout: \(other)")
            }
        }
        let result = try await ended
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(arguments: ["import", "check", "status", "report"])
    func aCardTypedAsANameIsMasked(command: String) async throws {
        #expect(try await program.run("import", PayoutCSV(rows: 1, in: folder).path).status == 0)
        let result = try await program.run(command, "8600069195406311")
        #expect(result.status != 0 && !result.errors.contains("8600069195406311"), "\(result.errors)")
        #expect(result.errors.contains("860006******6311"), "\(result.errors)")
    }

    // MARK: Retention

    @Test func namesAreErasedOnlyWhenDueAndOnlyOnceConfirmed() async throws {
        let rows = "Anvar Tursunov,E-101,20208000900123456001,01183,8600490000000018,1230,100000\n"
        try Data("name,id,account,mfo,pan,exp,amount\n\(rows)".utf8)
            .write(to: URL(fileURLWithPath: folder.path("payroll.csv")))
        #expect(try await program.run("run", folder.path("payroll.csv"), "--sandbox", "--yes").status == 0)
        func erase(_ arguments: String...) async throws -> Program.Result {
            try await program.start(["ledger", "erase", "--sandbox"] + arguments).wait()
        }
        let unset = try await erase("--yes")
        #expect(unset.status == 64 && unset.errors.contains("PAYOUT_RETENTION_NAMES"), "\(unset.errors)")
        let early = try await erase("--names", "1", "--yes")
        #expect(early.status == 0 && early.output.isEmpty && early.errors.contains("nothing is due"))

        // Two days ago, as the ledger knows it. The time of a change is not signed with its row.
        let path = URL(fileURLWithPath: program.ledger).deletingPathExtension().path + ".sandbox.sqlite"
        let ledger = LedgerFiles(ledger: path, keyFile: folder.path("home/.config/payout/ledger.key"))
        _ = try Python.output(
            of: "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(sys.argv[2]); db.commit()", path,
            "UPDATE payout SET changedAt = changedAt - 2 * 86400000")
        let shown = try await erase("--names", "1")
        #expect(shown.status == 77 && shown.output.contains("payroll: 1 rows lose their name and id"), "\(shown)")
        #expect(try ledger.number("SELECT count(name) FROM payout") == 1)
        let erased = try await erase("--names", "1", "--yes")
        #expect(erased.status == 0, "\(erased.errors)")
        #expect(try ledger.number("SELECT count(name) + count(rowKey) FROM payout") == 0)
        #expect(try await program.run("ledger", "verify", "--sandbox").status == 0)
        let report = try await program.run(
            "report", "payroll", "--format", "csv", "-o", folder.path("r.csv"), "--sandbox")
        #expect(report.status == 0)
        let text = try String(contentsOfFile: folder.path("r.csv"), encoding: .utf8)
        #expect(!text.contains("Tursunov") && text.contains("1000"), "\(text)")
    }

    // MARK: Terminals

    @Test(arguments: ["a\u{1b}]0;pwn\u{7}.csv", "x\nforged: 1 paid.csv", "a\u{202E}b.csv", "a\u{9B}31m.csv"])
    func aFilesNameCannotSteerATerminal(name: String) async throws {
        let file = try PayoutCSV(rows: 1, in: folder, name: "plain.csv")
        try FileManager.default.moveItem(atPath: file.path, toPath: folder.path(name))
        for command in [
            ["check", name], ["check", name, "--json"], ["import", name], ["run", name, "--sandbox", "--yes"],
            ["status", name], ["check", name + ".missing"], ["report", "x", "-o", name],
            ["approve", name, "--rows", "1", "--sum", "1 UZS"],
        ] {
            let result = try await program.start(command).wait()
            for text in [result.output, result.errors] {
                let steering = text.unicodeScalars.filter { scalar in
                    scalar.value < 32 && scalar != "\n" && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
                        || (0x202A...0x202E).contains(scalar.value)
                }
                #expect(steering.isEmpty, "\(command): \(text)")
                #expect(!text.split(separator: "\n").contains { $0.hasPrefix("forged") }, "\(command): \(text)")
            }
        }
    }
}
