import Fixtures
import Foundation

/// The built program, run as a person or cron runs it: as a process, in a folder of its own.
struct Program: Sendable {
    let folder: TemporaryFolder
    var environment: [String: String] = [:]

    static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let executable = packageRoot.appendingPathComponent(".build/debug/payout")

    init(in folder: TemporaryFolder) {
        self.folder = folder
        environment = [
            "HOME": folder.path("home"), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
        ]
    }

    /// Where the ledger lies that nobody named.
    var ledger: String { folder.path("home/.local/state/payout/payouts.sqlite") }

    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String

        /// The one JSON document of `--json`.
        var json: [String: Any] {
            get throws {
                try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
            }
        }
    }

    /// Runs to the end, without a terminal.
    func run(_ arguments: String...) async throws -> Result {
        try await start(arguments).wait()
    }

    /// - Parameters:
    ///   - executable: another program than the built one, such as a shell that starts it.
    ///   - input: what it finds on its standard input.
    func start(_ arguments: [String], by executable: URL = executable, input: String = "") throws -> Running {
        try Running(
            executable: executable, arguments: arguments, environment: environment, folder: folder.url, input: input)
    }

    /// A program that is still at work.
    final class Running: @unchecked Sendable {
        let process = Process()
        private let outputFile: URL
        private let errorsFile: URL

        init(
            executable: URL, arguments: [String], environment: [String: String], folder: URL, input: String = ""
        ) throws {
            // Files, not pipes: a full pipe would hold the program up, and a killed one leaves all that it said.
            let name = UUID().uuidString
            outputFile = folder.appendingPathComponent("\(name).out")
            errorsFile = folder.appendingPathComponent("\(name).err")
            for file in [outputFile, errorsFile] { try Data().write(to: file) }
            process.executableURL = executable
            process.arguments = arguments
            process.environment = environment
            process.currentDirectoryURL = folder
            process.standardInput = try Self.file(input, at: folder.appendingPathComponent("\(name).in"))
            process.standardOutput = try FileHandle(forWritingTo: outputFile)
            process.standardError = try FileHandle(forWritingTo: errorsFile)
            try process.run()
        }

        private static func file(_ input: String, at url: URL) throws -> FileHandle {
            if input.isEmpty { return FileHandle.nullDevice }
            try Data(input.utf8).write(to: url)
            defer { unsafe unlink(url.path) }
            return try FileHandle(forReadingFrom: url)
        }

        var output: String { get throws { try String(contentsOf: outputFile, encoding: .utf8) } }
        var errors: String { get throws { try String(contentsOf: errorsFile, encoding: .utf8) } }

        func wait() async throws -> Result {
            try await wait(until: { !process.isRunning })
            return Result(status: process.terminationStatus, output: try output, errors: try errors)
        }

        func signal(_ number: Int32) {
            kill(process.processIdentifier, number)
        }

        /// Waits until something is so, looking often and leaving the thread to others meanwhile; a test that waits in vain
        /// fails after two minutes.
        func wait(until condition: () throws -> Bool) async throws {
            let deadline = ContinuousClock.now + .seconds(120)
            while try !condition() {
                guard ContinuousClock.now < deadline else { throw Impatience() }
                try await Task.sleep(for: .milliseconds(2))
            }
        }

        struct Impatience: Error {}
    }
}
