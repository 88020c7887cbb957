import ArgumentParser
import Bookkeeping
import Payouts
import Reports

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Shows the rows that wait for a person, by reason, with what the bank said and what to do.",
        discussion: "The rows are written as --rows of rerun and withdraw takes them.")

    @Argument(help: "The batch's name.")
    var batch: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger(for: .reading)
            let record = try services.batch(named: batch, in: ledger)
            let (review, statement) = try ledger.report(on: record.id) { snapshot in
                var review = services.review()
                try snapshot.forEachRow { try review.take($0) }
                return (review, snapshot.statement)
            }
            try ledger.close()
            if options.json {
                services.console.result(try JSONText.of(review.document(of: statement)))
            } else {
                services.console.result(review.text(of: statement))
            }
            return .everyRowPaid
        }
    }
}
