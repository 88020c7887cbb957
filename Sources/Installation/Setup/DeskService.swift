import Foundation

/// The units of the service under systemd.
struct DeskService {
    let isSandboxed: Bool

    private static let variables = ServiceFile(path: "/etc/payout/payout.env")
    private static let option = "DESK_OPTIONS="

    /// Starts the desk, and the inbox at night unless this is a trial. Without systemd it says how to start the desk.
    func start(_ dialogue: Dialogue) throws {
        try writeVariables()
        guard FileManager.default.fileExists(atPath: "/run/systemd/system") else {
            return dialogue.say(
                "systemd does not run here. Start the desk with: runuser -u payout -- payout desk"
                    + (isSandboxed ? " --sandbox" : ""))
        }
        try systemctl("daemon-reload")
        try systemctl("enable", "--quiet", "payout-desk.service")
        try systemctl("restart", "payout-desk.service")
        try systemctl(isSandboxed ? "disable" : "enable", "--now", "--quiet", "payout-inbox.timer")
    }

    /// Says in the units' variables whether the desk is a trial.
    private func writeVariables() throws {
        let file = Self.variables
        let before = file.exists ? try String(contentsOfFile: file.path, encoding: .utf8) : ""
        var lines = before.split(separator: "\n").filter { !$0.hasPrefix(Self.option) }.map(String.init)
        if isSandboxed { lines.append(Self.option + "--sandbox") }
        let text = lines.map { $0 + "\n" }.joined()
        if text != before { try file.write(text) }
    }

    private func systemctl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/systemctl")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SetupError.serviceNotStarted(command: "systemctl " + arguments.joined(separator: " "))
        }
    }
}
