import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts

struct BankAddToHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-to-hold",
        abstract: "Increases a hold, by at most 30 % of the first one, without a code (method 10). Moves money.")

    @Option(help: "The increase, in tiyin.")
    var amount: Tiyin

    @Option(help: "The type of the card.")
    var type: PaymentType = .uzcard

    @OptionGroup var card: CardOptions
    @OptionGroup var bill: BillOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("add-to-hold") { call in
            let increase = try HoldIncrease(
                bill: bill.id, amount: amount, card: try call.card(card.pan), expiry: try call.expiry(card.exp),
                type: type)
            try call.agree(to: "Hold \(amount) so‘m more on \(increase.card) for bill \(bill.id)", bill.money)
            return try await call.send(leaving: .bill(bill.id)) { try await $0.addToHold(increase) }
        }
    }
}
