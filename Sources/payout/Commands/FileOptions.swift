import ArgumentParser
import PayoutFiles
import ProgramSettings

/// What a payout file may leave open.
struct FileOptions: ParsableArguments {
    @Option(help: "The sheet of a workbook. Default: the one whose header fits.")
    var sheet: String?

    @Option(help: "The unit of a column such as “сумма” or “summa”: som or tiyin (PAYOUT_UNIT).")
    var unit: AmountUnit?

    @Option(help: "The account that pays, for a file without a column for it: 20 digits (PAYOUT_ACCOUNT).")
    var account: String?

    @Option(help: "The MFO of that account’s bank, for a file without a column for it: 5 digits (PAYOUT_MFO).")
    var mfo: String?

    var settings: [Setting: String?] {
        [.unit: unit?.rawValue, .account: account, .mfo: mfo]
    }
}

extension AmountUnit: ExpressibleByArgument {}
