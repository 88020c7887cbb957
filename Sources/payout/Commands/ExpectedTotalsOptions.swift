import ArgumentParser
import Operations
import PayoutFiles
import Payouts

/// What somebody outside, such as the payroll program, says that the file holds.
struct ExpectedTotalsOptions: ParsableArguments {
    @Option(help: "Stop unless there are so many payouts.")
    var expectRows: Int?

    @Option(
        help: "Stop unless they sum up to this, with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
        transform: ExpectedTotalsOptions.sum)
    var expectSum: Tiyin?

    @Sendable static func sum(_ text: String) throws -> Tiyin {
        do throws(StatedSum.Invalid) {
            return try StatedSum(text).tiyin
        } catch {
            throw ValidationError(error.description)
        }
    }

    var totals: ExpectedTotals { ExpectedTotals(rows: expectRows, sum: expectSum) }
}
