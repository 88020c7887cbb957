import ArgumentParser
import Bookkeeping
import Operations
import Payouts
import ProgramSettings
import Reports

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "Finds payouts of all batches by a person's name in any spelling, by id, last four digits or amount.")

    @Argument(help: "The name or a part of it, the id, the last four digits of the card, or the amount in so‘m.")
    var text: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let found = try program.context.withLedger(for: .reading) { ledger in
                try PeopleIndex().find(text, in: ledger)
            }
            let report = program.context.report(in: program.settings.language)
            program.console.result(
                options.json
                    ? try JSONText.of(FoundDocument(found.payouts, count: found.count))
                    : FoundText(found.payouts, count: found.count, report, timeZone: Composition.timeZone).text)
            return .everyRowPaid
        }
    }
}
