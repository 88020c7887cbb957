import ArgumentParser
import MerchantAPI

struct BankCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancels a payment or a confirmed hold (method 11). Moves money; needs a special role.")

    @OptionGroup var bill: BillOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("cancel") { call in
            let cancellation = PaymentCancellation(bill: bill.id)
            try call.agree(to: "Cancel the payment of bill \(bill.id)", bill.money)
            return try await call.send(leaving: .bill(bill.id)) { try await $0.cancelPayment(cancellation) }
        }
    }
}
