import ArgumentParser
import Operations
import PaymentValues
import PayoutFiles
import Payouts

/// The totals that another source expects, such as the payroll program.
struct ExpectedTotalsOptions: ParsableArguments {
    @Option(help: "Stop unless the file has exactly this many payouts.")
    var expectRows: Int?

    @Option(
        help: "Stop unless this is the file's total, with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
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
