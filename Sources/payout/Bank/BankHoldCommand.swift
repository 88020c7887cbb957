import ArgumentParser
import MerchantAPI

struct BankHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Holds the amount of a checked bill on the customer's card (method 8). Moves money."
    )

    @OptionGroup var taking: TakingOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("hold") { call in
            let hold = BillHold(
                bill: taking.billId, otp: try call.code(taking.otp), type: taking.type, expected: taking.amount)
            try call.agree(to: "Hold the amount of bill \(taking)", money)
            return try await call.send(leaving: .bill(hold.bill)) { try await $0.holdBill(hold) }
        }
    }
}
