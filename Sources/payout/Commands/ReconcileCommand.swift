import ArgumentParser
import Payouts

struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Asks the bank about every row whose outcome is unknown. Nothing is sent.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Flag(help: "Ask about the paid rows as well; one that the bank took back is noted, for a person.")
    var paid = false

    @Flag(help: "The bank of this batch has a new address, and it is the same bank.")
    var sameBank = false

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            return try await BatchWork(services, printsJSON: options.json)
                .reconcile(batch, paidToo: paid, isSameBank: sameBank)
        }
    }
}
