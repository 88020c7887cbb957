import Foundation

/// Runs Python, to check results with another program.
enum Python {
    static func output(of script: String, _ arguments: String...) throws -> Data {
        let python = Process()
        let output = Pipe()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script] + arguments
        python.standardOutput = output
        try python.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        return text
    }
}
