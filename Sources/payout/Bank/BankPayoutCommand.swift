import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts
import ProgramSettings

struct BankPayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout",
        abstract: "Pays a card from the company's account, outside the ledger (method 15). Moves money.",
        discussion: """
            The ledger does not record this payout: nothing prevents a second payment, no report shows it, and payout never \
            checks its result. “payout run FILE” does all that, even for a file of one row. Confirm with --outside-ledger.
            """)

    @Option(
        help:
            "Your own id of this payout: 15 digits, never used before. Write it down: you need it to check the status.")
    var agentTranId: AgentTransactionID

    @Option(help: "The company's account, 20 digits.")
    var account: SettlementAccount

    @Option(help: "The code of the account's bank, 5 digits.")
    var mfo: BankCode

    @Option(help: "The sender's name (PAYOUT_SENDER_NAME).")
    var name: String?

    @Option(help: "The amount, in tiyin.")
    var amount: Tiyin

    @Flag(help: "Pay although the ledger will not record it.")
    var outsideLedger = false

    @OptionGroup var card: CardOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("payout") { call in
            guard outsideLedger else {
                throw CommandError(
                    .wrongUse,
                    "this would pay outside the ledger, where nothing prevents a second payment: use “payout run FILE”, "
                        + "or confirm with --outside-ledger. Nothing was sent")
            }
            let order = PayoutOrder(
                id: agentTranId, senderName: name ?? call.program.settings.senderName, account: account,
                bankCode: mfo, card: try call.card(card.pan), expiry: try call.expiry(card.exp), amount: amount)
            try call.agree(
                to: "Pay \(amount) so‘m from \(account) to \(order.card) OUTSIDE THE LEDGER, as \(agentTranId)", money)
            return try await call.send(leaving: .transaction(AgentReference(order.id))) { client in
                let answer = try await client.pay(order)
                guard answer.proves(order) else {
                    throw MerchantError(
                        method: .payout,
                        cause: .untrusted(httpStatus: answer.httpStatus, why: "it is not a success for this payout"))
                }
                return answer
            }
        }
    }
}
