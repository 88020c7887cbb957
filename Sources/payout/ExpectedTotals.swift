import ArgumentParser
import PaymentValues
import PayoutFiles
import Payouts

/// What somebody outside, such as the payroll program, says that the file holds.
struct ExpectedTotals: ParsableArguments {
    @Option(help: "Stop unless there are so many payouts.")
    var expectRows: Int?

    @Option(
        help: "Stop unless they sum up to this, with its unit: “1500000.00 UZS” or “150000000 tiyin”.",
        transform: ExpectedTotals.sum)
    var expectSum: Tiyin?

    @Sendable static func sum(_ text: String) throws -> Tiyin {
        do throws(StatedSum.Invalid) {
            return try StatedSum(text).tiyin
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// - Throws: ``Failure`` where the totals are others.
    func check(_ totals: ControlTotals, of name: String) throws {
        var differences: [String] = []
        if let expectRows, expectRows != totals.rows {
            differences.append("\(totals.rows) rows where \(expectRows) are expected")
        }
        if let expectSum, expectSum != totals.sum {
            differences.append(
                "\(totals.sum) so'm (\(totals.sum.count) tiyin) where \(expectSum) so'm (\(expectSum.count) tiyin) are expected"
            )
        }
        guard !differences.isEmpty else { return }
        throw Failure(
            .invalidFile,
            "\(name) has \(differences.joined(separator: ", and ")): nothing was stored or sent. Find out which of the two is right"
        )
    }
}
