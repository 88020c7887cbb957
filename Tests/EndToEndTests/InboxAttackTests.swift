import Fixtures
import Foundation
import Testing

/// A person who may drop files into the inbox, and wants more.
@Suite(.oneAtATime, .enabled(if: Account.areAvailable, "only root can act as other accounts"))
struct InboxAttackTests {
    private let folder: TemporaryFolder
    private let bank: ServedSandbox
    private let payout: Account
    private let dropper = Account(uid: 5001, groups: [5100])

    /// Sets up the inbox as docs/cron.md says: payout has a folder for the ledger, and a group has the inbox.
    init() async throws {
        folder = try TemporaryFolder()
        bank = try await ServedSandbox(Program(in: folder), "--repeats", "doubleDebit")
        payout = Account(uid: 5000, groups: [5000, 5100])
        for (name, owner, group, mode) in [
            ("", 0, 0, 0o755), ("home", 5000, 5000, 0o700), ("state", 5000, 5000, 0o700), ("in", 5000, 5100, 0o3770),
        ] as [(String, uid_t, gid_t, mode_t)] {
            let path = name.isEmpty ? folder.url.path : folder.path(name)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            unsafe chown(path, owner, group)
            unsafe chmod(path, mode)
        }
    }

    private var program: Program {
        var program = Program(in: folder)
        program.environment.merge(bank.settings) { $1 }
        program.environment.merge([
            "HOME": folder.path("home"), "PAYOUT_LEDGER": folder.path("state/payouts.sqlite"),
            "PAYOUT_KEY_FILE": folder.path("state/ledger.key"), "PAYOUT_OUTPUT": folder.path("state/reports"),
        ]) { $1 }
        return program
    }

    private func round() async throws -> Program.Result {
        try await payout.run([Program.executable.path, "inbox", "in", "--settle", "0"], by: program)
    }

    /// - Returns: what the shell said. Its status does not matter: most of it is forbidden.
    @discardableResult private func attack(_ script: String) async throws -> String {
        let result = try await dropper.run(["/bin/sh", "-c", "cd in; \(script)"], by: Program(in: folder))
        return result.output + result.errors
    }

    private func drop(_ name: String, rows: Int) async throws {
        _ = try PayoutCSV(rows: rows, in: folder, name: name)
        try await attack("cp ../\(name) \(name)")
    }

    @Test func aPersonWhoMayDropFilesReadsOnlyTheResults() async throws {
        try await drop("a.csv", rows: 2)
        try await attack("echo faulty > bad.csv")
        let result = try await round()
        #expect(result.status == 65, "\(result.output)\(result.errors)")
        #expect(try await attack("cat rejected/bad.txt").contains("error"))
        #expect(try await attack("cat done/a.csv").contains("account,mfo"))
        #expect(try await attack("head -c 2 done/a.xlsx") == "PK")
        #expect(try await attack("cat ../state/ledger.key ../state/payouts.sqlite").contains("Permission denied"))
        #expect(try await attack("cat waiting/.inbox.runner").contains("Permission denied"))
        try await attack(
            "rm -rf waiting done rejected; mv done x; mv rejected y; echo x > done/x; echo x > rejected/x; flock -n waiting true"
        )
        for place in ["done": ["a.csv", "a.xlsx"], "rejected": ["bad.csv", "bad.findings.xlsx", "bad.txt"]] {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("in/" + place.key))
            #expect(files.filter { !$0.hasPrefix(".") }.sorted() == place.value)
        }
    }

    @Test(arguments: [
        "ln -s ../state/payouts.sqlite .inbox.runner", "ln -s ../state waiting", "ln -s ../state done",
        "ln -s ../state rejected", "mkdir waiting && ln -s ../../state/payouts.sqlite waiting/.inbox.runner",
        "mkdir -m 777 rejected && ln -s ../../state/payouts.sqlite rejected/bad.txt", "echo x > done",
        "mkfifo waiting", "ln ../state/payouts.sqlite .inbox.runner", "exec 9>.inbox.runner; flock 9",
        "touch $(printf 'a\\377\\376b.csv')", "mkfifo pipe.csv", "ln -s ../state/ledger.key key.csv",
    ]) func noFileInTheInboxReachesTheLedgerOrStopsTheNight(script: String) async throws {
        try await drop("first.csv", rows: 2)
        #expect(try await round().status == 0)
        // Before the first round payout has no folders, so others can take their names.
        for place in ["waiting", "done", "rejected"] {
            try FileManager.default.removeItem(atPath: folder.path("in/" + place))
        }
        let key = try Data(contentsOf: URL(fileURLWithPath: folder.path("state/ledger.key")))
        let state = try FileManager.default.contentsOfDirectory(atPath: folder.path("state")).sorted()
        try await attack(script)
        try await attack("echo faulty > bad.csv")
        try await drop("good.csv", rows: 3)
        let night = try await round()
        #expect(night.status == 65, "\(night.output)\(night.errors)")
        #expect(night.output.contains("good.csv: done"), "\(night.output)\(night.errors)")
        #expect(night.output.contains("bad.csv: rejected"), "\(night.output)")
        #expect(try bank.debits().count == 5)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("state/ledger.key"))) == key)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("state")).sorted() == state)
        let verified = try await payout.run([Program.executable.path, "ledger", "verify"], by: program)
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test func fileModesDoNotDependOnTheUmask() async throws {
        try await drop("a.csv", rows: 2)
        try await attack("echo faulty > bad.csv; chmod 666 *.csv")
        let command = "umask 000; \(Program.executable.path) inbox in --settle 0"
        #expect(try await payout.run(["/bin/sh", "-c", command], by: program).status == 65)
        let files = try #require(FileManager.default.enumerator(atPath: folder.path("in")))
        // The originals of dropped files still belong to their owners, in a folder that nobody else can enter.
        for case let name as String in files where !name.contains("/.original-") {
            var status = stat()
            unsafe lstat(folder.path("in/" + name), &status)
            #expect(status.st_mode & 0o027 == 0, "\(name): \(String(status.st_mode, radix: 8))")
        }
    }
}

/// An account of the machine that has no name.
struct Account {
    let uid: uid_t
    let groups: [gid_t]

    private static let setpriv = "/usr/bin/setpriv"

    static let areAvailable = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: setpriv)

    func run(_ command: [String], by program: Program) async throws -> Program.Result {
        try await program.start(
            [
                "--reuid", "\(uid)", "--regid", "\(groups[0])", "--groups",
                groups.map(String.init).joined(separator: ","),
                "--",
            ] + command, by: URL(fileURLWithPath: Self.setpriv)
        ).wait()
    }
}
