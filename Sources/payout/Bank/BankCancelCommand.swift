import ArgumentParser
import MerchantAPI

struct BankCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Takes back a payment, or a confirmed hold (method 11). Moves money; needs a special role.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("cancel") { hand in
            let cancellation = PaymentCancellation(bill: billId)
            try hand.agree(to: "Take back the payment of bill \(billId)", money)
            return try await hand.call(leaving: .bill(billId)) {
                try await $0.cancelPayment(cancellation)
            } show: {
                ShownFields($0)
            }
        }
    }
}
