import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts

struct BankAddToHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add-to-hold",
        abstract: "Holds more for a bill, up to 30 % of the first hold, without a code (method 10). Moves money.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @Option(help: "How much more, in tiyin.")
    var amount: Tiyin

    @Option(help: "The kind of the card.")
    var type: PaymentType = .uzcard

    @OptionGroup var card: CardOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("add-to-hold") { hand in
            let increase = try HoldIncrease(
                bill: billId, amount: amount, card: try hand.card(card.pan), expiry: try hand.expiry(card.exp),
                type: type)
            try hand.agree(to: "Hold \(amount) so'm more on \(increase.card) for bill \(billId)", money)
            return try await hand.call(leaving: .bill(billId)) {
                try await $0.addToHold(increase)
            } show: {
                ShownFields($0)
            }
        }
    }
}
