import ArgumentParser
import Operations
import PayoutFiles
import ProgramSettings

/// The options that answer what a payout file leaves open.
struct FileOptions: ParsableArguments {
    @Option(help: "The sheet of a workbook. Default: the one whose header fits.")
    var sheet: String?

    @Option(help: "The unit of a column such as “сумма” or “summa”: som or tiyin (PAYOUT_UNIT).")
    var unit: AmountUnit?

    @Option(help: "The account that pays, for a file without a column for it: 20 digits (PAYOUT_ACCOUNT).")
    var account: String?

    @Option(help: "The MFO of that account’s bank, for a file without a column for it: 5 digits (PAYOUT_MFO).")
    var mfo: String?

    @Option(help: "The batch to compare the people with. Default: the most similar one of the month before.")
    var compareWith: String?

    /// Returns the context with the sheet and the batch that a person chose.
    func choosing(in context: OperationContext) -> OperationContext {
        var choices = context.choices
        choices.sheet = sheet
        choices.formerBatch = compareWith
        return context.choosing(choices)
    }

    var settings: [Setting: String?] {
        [.unit: unit?.rawValue, .account: account, .mfo: mfo]
    }
}

extension AmountUnit: ExpressibleByArgument {}
