import ArgumentParser
import Operations
import Payouts
import ProgramSettings
import Statements

struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Compares the bank's account statement with the ledger, and records where each payout is.",
        discussion: """
            Reads 1C text exchange (1CClientBankExchange), workbooks (.xlsx), CSV and ISO 20022 camt.053. A statement that breaks a rule is \
            not used. Exit 0 if everything agrees, 11 if something is left to a person.
            """)

    @Argument(help: "The statement's file.")
    var file: String

    @Flag(help: "With --json: name every line and payout.")
    var rows = false

    @Option(
        name: .customLong("column"),
        help: ArgumentHelp(
            "A column by its name in the file, such as debit=Расход. payout remembers it for the bank.",
            discussion: "Columns: day, document, debit, credit, amount, direction, account, name, purpose.",
            valueName: "column=name"))
    var columns: [String] = []

    @Flag(help: "Accept that days between this statement and the one before are missing.")
    var skipMissingDays = false

    @OptionGroup var options: LedgerOptions

    func validate() throws {
        do {
            _ = try ColumnNames(columns)
        } catch {
            throw ValidationError("--column \(error.text): write a column and its name, such as debit=Расход")
        }
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            try program.settings.demandReach(of: file)
            let result = try AgreeStatement(program.context).run(
                file, columns: ColumnNames(columns), skipsMissingDays: skipMissingDays)
            program.console.result(
                try options.json
                    ? JSONText.of(StatementDocument(result, hasRows: rows))
                    : BankStatementText(result, language: program.context.language).text)
            return result.agreement.isComplete ? .everyRowPaid : .someUnsettled
        }
    }
}
