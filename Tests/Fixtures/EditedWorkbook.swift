import Foundation

/// Edits a workbook as a person does: openpyxl opens, changes and saves it.
package enum EditedWorkbook {
    /// - Parameter script: Python that changes `book`, and may print.
    /// - Returns: what it prints.
    @discardableResult
    package static func edit(_ path: String, _ script: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let lines = [
            "import sys, openpyxl", "book = openpyxl.load_workbook(sys.argv[1])", script, "book.save(sys.argv[1])",
        ]
        process.arguments = ["python3", "-c", lines.joined(separator: "\n"), path]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed() }
        return text
    }

    package struct Failed: Error {}
}
