import ArgumentParser
import Operations

struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Asks the bank about every row whose outcome is unknown. Sends nothing.")

    @Argument(help: "The batch's name.")
    var batch: String

    @Flag(help: "Also ask about paid rows. A row that the bank reversed is reported for a person.")
    var paid = false

    @Flag(help: "Confirm that the new address belongs to the bank of this batch.")
    var sameBank = false

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings())
            let reconciliation = ReconcileBatch(program.context, asksAboutPaid: paid, isSameBank: sameBank)
            return try program.end(of: await reconciliation.run(batch), printsJSON: options.json)
        }
    }
}
