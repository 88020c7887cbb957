import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts

struct BankCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks whether an account can be paid, and gets a bill number (method 6). Moves no money.",
        discussion: "The card's holder may get a code by SMS. The commands pay and hold need this code.")

    @Option(help: "The customer's account with the merchant, for example an order's number.")
    var account: String

    @Option(help: "The amount, in tiyin.")
    var amount: Tiyin

    @Option(help: "The supplier's number at the bank.")
    var recipientId: RecipientID

    @Option(help: "Your own id of this transaction: 1 to 100 characters, never used before.")
    var agentTranId: AgentReference

    @OptionGroup var card: CardOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("check") { call in
            let check = try BillCheck(
                account: account, recipient: recipientId, amount: amount, reference: agentTranId,
                card: try call.card(card.pan), expiry: try call.expiry(card.exp))
            return try await call.send { try await $0.checkBill(check) }
        }
    }
}
