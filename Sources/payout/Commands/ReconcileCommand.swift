import ArgumentParser
import Operations

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
        try await runCommand {
            let program = Composition(try await options.settings())
            let reconciliation = ReconcileBatch(program.context, asksAboutPaid: paid, isSameBank: sameBank)
            return try program.end(of: await reconciliation.run(batch), printsJSON: options.json)
        }
    }
}
