import ArgumentParser
import ProgramSettings
import Reports

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Writes an empty workbook to fill in with payouts.")

    @Option(name: .shortAndLong, help: "The file to write.")
    var output = "payouts.xlsx"

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            try program.settings.demandReach(of: output)
            try Report.demandReplaceable(output)
            try TemplateWorkbook(language: program.settings.language).write(to: output)
            program.console.say(program.console.words("template.written", ["path": output]))
            return .everyRowPaid
        }
    }
}
