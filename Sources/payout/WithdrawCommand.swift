import ArgumentParser
import Bookkeeping
import Payouts

struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes out rows that shall not be paid: rows that were not sent, and refused ones.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Option(help: "The rows, as Excel numbers them: 3,7-9.")
    var rows: RowSelection

    @Option(help: "Why: it is kept, with your name, and stands in the report.")
    var note: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.openExistingLedger()
            let record = try services.batch(named: batch, in: ledger)
            let chosen = try ledger.report(on: record.id) { batch in
                var chosen: [Int] = []
                try batch.forEachRow { if rows.contains($0.row) { chosen.append($0.row) } }
                return chosen
            }
            guard !chosen.isEmpty else {
                throw Failure(.notFound, "batch “\(batch)” has none of these rows: nothing was changed")
            }
            for row in chosen { try ledger.withdraw(row: row, of: record.id, note: note) }
            services.console.say(try services.text(of: ledger.statement(of: record.id)))
            try ledger.close()
            return .everyRowPaid
        }
    }
}
