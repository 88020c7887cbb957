import ArgumentParser
import Foundation
import Logging
import Operations
import PayoutFiles
import ProgramSettings
import Reports

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a payout file. Stores and sends nothing.")

    @Argument(help: "The payout file.")
    var file: String

    @Flag(help: "Write a workbook that marks the faulty cells, beside the file: payroll.findings.xlsx.")
    var xlsx = false

    @OptionGroup var fileOptions: FileOptions
    @OptionGroup var expected: ExpectedTotalsOptions
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings(fileOptions.settings))
            try program.settings.demandReach(of: file)
            let checked = try CheckFile(fileOptions.choosing(in: program.context)).run(file)
            let file = checked.file
            if options.json {
                program.console.result(try JSONText.of(FileDocument(file, language: program.settings.language)))
                if file.log.count > 0 { program.console.say(program.console.text(of: file.log)) }
            } else {
                program.console.result(TotalsText(of: file, in: program.settings.language).text)
                if let comparison = file.comparison {
                    program.console.result(
                        program.console.text(of: comparison, in: program.settings.language))
                }
                if file.log.count > 0 {
                    program.console.result(program.console.text(of: file.log, in: program.settings.language))
                }
            }
            if xlsx, file.log.count > 0 {
                let path = Self.findingsFile(beside: checked.path)
                try Report.demandReplaceable(path)
                try MarkFindings(in: program.settings.language).run(checked, to: path)
                program.console.say(program.console.words("check.workbook", ["path": path]))
            }
            try expected.totals.demand(file.totals, of: .file(file.name))
            do {
                _ = try file.reference()
            } catch {
                if file.isPayable { throw error }
                program.console.say(program.console.text(of: OperationError(error)), level: .error)
            }
            return file.isPayable ? .everyRowPaid : .invalidFile
        }
    }

    private static func findingsFile(beside path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let name = FileName(url.deletingPathExtension().lastPathComponent, ".findings.xlsx")
        return url.deletingLastPathComponent().appendingPathComponent(name.description).path
    }
}
