import Fixtures
import Foundation

/// A machine on which payout is a service, with people who use it through sudo. Only the test sees its `/etc`.
final class ServiceHost: Sendable {
    let folder: TemporaryFolder

    private static let sudo = "/usr/bin/sudo"
    private static let namespaces = "/usr/bin/unshare"

    static let isAvailable =
        Account.areAvailable && [sudo, namespaces].allSatisfy(FileManager.default.isExecutableFile(atPath:))

    private static let accounts: [String: uid_t] = ["payout": 5000, "alice": 5001, "boss": 5002]

    /// - Parameter settings: the lines of `/etc/payout/payout.yaml` besides the paths.
    init(settings: String) throws {
        folder = try TemporaryFolder()
        unsafe chmod(folder.url.path, 0o755)
        for place in ["state", "key", "home-alice", "home-boss", "etc/payout", "etc/sudoers.d", "work"] {
            try FileManager.default.createDirectory(atPath: folder.path(place), withIntermediateDirectories: true)
        }
        for (place, owner) in [("state", "payout"), ("key", "payout"), ("home-alice", "alice"), ("home-boss", "boss")] {
            unsafe chown(folder.path(place), Self.accounts[owner] ?? 0, Self.accounts[owner] ?? 0)
            unsafe chmod(folder.path(place), place.hasPrefix("home") ? 0o755 : 0o700)
        }
        let people = Self.accounts.map { name, uid in "\(name):x:\(uid):\(uid)::\(folder.path("state")):/bin/sh\n" }
        let groups =
            Self.accounts.map { name, uid in "\(name):x:\(uid):\n" } + [
                "payout-approvers:x:5101:boss\n", "payout-makers:x:5102:alice\n",
            ]
        try write(String(contentsOfFile: "/etc/passwd", encoding: .utf8) + people.joined(), "etc/passwd", 0o644)
        try write(String(contentsOfFile: "/etc/group", encoding: .utf8) + groups.joined(), "etc/group", 0o644)
        let shadow = Self.accounts.keys.map { "\($0):*:20000:0:99999:7:::\n" }.joined()
        try write(String(contentsOfFile: "/etc/shadow", encoding: .utf8) + shadow, "etc/shadow", 0o640)
        // The shipped rules, without passwords and with the path of the built program.
        let rules = try String(contentsOf: Checkout.file("docs/sudo/payout"), encoding: .utf8)
            .replacingOccurrences(of: "NOSETENV:", with: "NOSETENV: NOPASSWD:")
            .replacingOccurrences(of: "/usr/local/bin/payout", with: Program.executable.path)
        try write(rules, "etc/sudoers.d/payout", 0o440)
        try write(
            """
            ledger: \(folder.path("state/payouts.sqlite"))
            keyFile: \(folder.path("key/ledger.key"))
            output: \(folder.path("state/reports"))
            \(settings)

            """, "etc/payout/payout.yaml", 0o640)
        unsafe chown(folder.path("etc/payout/payout.yaml"), 0, 5000)
    }

    private func write(_ text: String, _ name: String, _ mode: mode_t) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name)))
        unsafe chmod(folder.path(name), mode)
    }

    /// Runs a command of the shell as one of the accounts, in their own folder.
    ///
    /// - Parameter script: the commands. `PAYOUT` is replaced by the program's path.
    func shell(_ name: String, _ script: String) async throws -> Program.Result {
        let home = name == "payout" ? "state" : "home-\(name)"
        let inner = folder.path("\(UUID().uuidString).sh")
        let text = script.replacingOccurrences(of: "PAYOUT", with: Program.executable.path)
        try Data("cd \(folder.path(home))\n\(text)\n".utf8).write(to: URL(fileURLWithPath: inner))
        let mount = "lowerdir=/etc,upperdir=\(folder.path("etc")),workdir=\(folder.path("work"))"
        let outer = """
            mount -t overlay overlay -o \(mount) /etc && exec setpriv --reuid \(name) --regid \(name) --init-groups \
            /bin/sh \(inner)
            """
        return try await Program(in: folder).start(
            ["--mount", "/bin/sh", "-c", outer], by: URL(fileURLWithPath: Self.namespaces)
        ).wait()
    }

    /// Runs the program as sudo lends it to a person.
    func sudo(_ name: String, _ arguments: String) async throws -> Program.Result {
        try await shell(name, "sudo -n -u payout PAYOUT \(arguments)")
    }
}
