import ArgumentParser
import MerchantAPI

struct BankHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Holds the sum of a checked bill on the customer's card (method 8). Moves money."
    )

    @OptionGroup var taking: TakingOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("hold") { hand in
            let hold = BillHold(
                bill: taking.billId, otp: try hand.code(taking.otp), type: taking.type, expected: taking.amount)
            try hand.agree(to: "Hold the sum of bill \(taking)", money)
            return try await hand.call(leaving: .bill(hold.bill)) {
                try await $0.holdBill(hold)
            } show: {
                ShownFields($0)
            }
        }
    }
}
