import ArgumentParser
import Operations
import Payouts
import ProgramSettings
import Reports

struct MonthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "month",
        abstract: "Writes the month's register: one line for each batch, and how the month agrees with the statements.")

    @Argument(help: "The month, for example 2026-11.")
    var month: String

    @Option(name: .shortAndLong, help: "The file to write. Default: output/month-<month>.xlsx.")
    var output: String?

    @Option(help: "xlsx to sign and file, or csv for 1C.")
    var format: MonthFormat = .xlsx

    @OptionGroup var options: LedgerOptions

    enum MonthFormat: String, ExpressibleByArgument, CaseIterable {
        case xlsx, csv
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            if let output {
                try program.settings.demandReach(of: output)
                try Report.demandReplaceable(output)
            }
            let register = try RegisterMonth(program.context).run(month)
            let report = MonthReport(register, language: program.context.language)
            let path = output ?? "\(program.context.outputFolder)/month-\(register.month).\(format.rawValue)"
            switch format {
            case .xlsx: try report.writeXLSX(to: path)
            case .csv: try report.writeCSV(to: path)
            }
            program.console.say(program.console.words("run.report", ["path": path]))
            program.console.result(
                options.json ? try JSONText.of(MonthDocument(register, report: path)) : report.text)
            return register.isAgreed == false ? .someUnsettled : .everyRowPaid
        }
    }
}
