import ArgumentParser
import Operations
import ProgramSettings
import Reports

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Checks a payout file and stores it as a batch. Sends nothing.")

    @Argument(help: "The payout file.")
    var file: String

    @Option(help: "The batch's name. Default: the file's name without its extension.")
    var reference: String?

    @OptionGroup var fileOptions: FileOptions
    @OptionGroup var expected: ExpectedTotalsOptions
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings(fileOptions.settings))
            try program.settings.demandReach(of: file)
            let (statement, comparison) = try ImportFile(fileOptions.choosing(in: program.context)).run(
                file, reference: reference, expected: expected.totals)
            if options.json {
                program.console.result(
                    try JSONText.of(
                        SummaryDocument(
                            statement, report: nil, putRight: LedgerNotices.shared.document,
                            comparison: ComparisonDocument(comparison))))
            }
            return .everyRowPaid
        }
    }
}
