import ArgumentParser
import Operations
import ProgramSettings
import Reports

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes the report on a batch.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(name: .shortAndLong, help: "The file to write. Default: output/<batch>.<format>.")
    var output: String?

    @Option(help: "xlsx, csv or json.")
    var format: ReportFormat = .xlsx

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            if let output { try program.settings.demandReach(of: output) }
            let (statement, path) = try WriteReport(program.context).run(on: batch, format: format, to: output)
            program.console.say(program.console.words("run.report", ["path": path]))
            if options.json {
                program.console.result(try JSONText.of(SummaryDocument(statement, report: path)))
            }
            return .everyRowPaid
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
