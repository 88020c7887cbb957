import Fixtures
import Foundation

/// Runs the built program as a person or cron does: as a process, in its own folder.
struct Program: Sendable {
    let folder: TemporaryFolder
    var environment: [String: String] = [:]

    /// The program is beside the tests in every build.
    static let executable = Bundle.main.bundleURL.appendingPathComponent("payout")

    init(in folder: TemporaryFolder) {
        self.folder = folder
        environment = [
            "HOME": folder.path("home"), "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
        ]
    }

    /// The path of the default ledger.
    var ledger: String { folder.path("home/.local/state/payout/payouts.sqlite") }

    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String

        /// The JSON document of `--json`.
        var json: [String: Any] {
            get throws {
                try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
            }
        }
    }

    /// Runs the program to its end, without a terminal.
    func run(_ arguments: String...) async throws -> Result {
        try await start(arguments).wait()
    }

    /// - Parameters:
    ///   - executable: another program, such as a shell that starts the built one.
    ///   - input: the standard input.
    func start(_ arguments: [String], by executable: URL = executable, input: String = "") throws -> Running {
        try Running(
            executable: executable, arguments: arguments, environment: environment, folder: folder.url, input: input)
    }

    /// A running program.
    final class Running: @unchecked Sendable {
        let process = Process()
        private let outputFile: URL
        private let errorsFile: URL

        init(
            executable: URL, arguments: [String], environment: [String: String], folder: URL, input: String = ""
        ) throws {
            // Use files, not pipes: a full pipe would block the program. After a kill, a file keeps the whole output.
            let name = UUID().uuidString
            outputFile = folder.appendingPathComponent("\(name).out")
            errorsFile = folder.appendingPathComponent("\(name).err")
            for file in [outputFile, errorsFile] { try Data().write(to: file) }
            process.executableURL = executable
            process.arguments = arguments
            process.environment = environment
            process.currentDirectoryURL = folder
            let standardInput = try Self.file(input, at: folder.appendingPathComponent("\(name).in"))
            let (output, errors) = (
                try FileHandle(forWritingTo: outputFile), try FileHandle(forWritingTo: errorsFile)
            )
            process.standardInput = standardInput ?? FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            // `Process` keeps its files open, and Foundation crashes beyond 1024 of them.
            for file in [standardInput, output, errors] { try file?.close() }
        }

        private static func file(_ input: String, at url: URL) throws -> FileHandle? {
            if input.isEmpty { return nil }
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

        /// Waits until the condition holds. Fails after the deadline of all waits.
        func wait(until condition: () throws -> Bool) async throws {
            try await Fixtures.wait(for: "the program: \(process.arguments ?? [])", until: condition)
        }
    }
}
