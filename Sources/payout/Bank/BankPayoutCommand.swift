import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts

struct BankPayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout",
        abstract: "Pays a card from the company's account, outside the ledger (method 15). Moves money.",
        discussion: """
            No ledger knows of it: nothing keeps it from being paid twice, it stands in no report, and nobody asks the bank \
            afterwards. “payout run FILE” does all that, for a file of one row as well. Here --outside-ledger says that you \
            mean it.
            """)

    @Option(help: "Your own id of this payout: 15 digits, never used before. Write it down, it is what you can ask by.")
    var agentTranId: AgentTransactionID

    @Option(help: "The company's account, 20 digits.")
    var account: SettlementAccount

    @Option(help: "The code of the account's bank, 5 digits.")
    var mfo: BankCode

    @Option(help: "The sender's name (PAYOUT_SENDER_NAME).")
    var name: String?

    @Option(help: "In tiyin.")
    var amount: Tiyin

    @Flag(help: "Pay although no ledger will know of it.")
    var outsideLedger = false

    @OptionGroup var card: CardOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("payout") { hand in
            guard outsideLedger else {
                throw Failure(
                    .wrongUse,
                    "this would pay outside the ledger, where nothing keeps it from being paid twice: use “payout run FILE”, "
                        + "or add --outside-ledger if you mean it. Nothing was sent")
            }
            let order = PayoutOrder(
                id: agentTranId, senderName: name ?? hand.services.settings.senderName, account: account,
                bankCode: mfo, card: try hand.card(card.pan), expiry: try hand.expiry(card.exp), amount: amount)
            try hand.agree(
                to: "Pay \(amount) so'm from \(account) to \(order.card) OUTSIDE THE LEDGER, as \(agentTranId)", money)
            return try await hand.call(leaving: .transaction(AgentReference(order.id))) { client in
                let answer = try await client.pay(order)
                guard answer.proves(order) else {
                    throw MerchantError(
                        method: .payout,
                        cause: .untrusted(
                            httpStatus: answer.httpStatus, why: "it is no success, or not of this payout"))
                }
                return answer
            } show: {
                ShownFields($0)
            }
        }
    }
}
