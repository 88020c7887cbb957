import ArgumentParser
import MerchantAPI
import PaymentValues
import Payouts

struct BankPayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Pays a checked bill from the customer's card (method 7). Moves money.")

    @OptionGroup var taking: TakingOptions
    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("pay") { hand in
            let payment = BillPayment(
                bill: taking.billId, otp: try hand.code(taking.otp), type: taking.type, expected: taking.amount)
            try hand.agree(to: "Pay bill \(taking)", money)
            return try await hand.call(leaving: .bill(payment.bill)) {
                try await $0.payBill(payment)
            } show: {
                ShownFields($0)
            }
        }
    }
}

/// What pay and hold take.
struct TakingOptions: ParsableArguments, CustomStringConvertible {
    @Option(help: "The bill's number: the id that check gave.")
    var billId: BillID

    @Option(help: "The code that the customer got by SMS; asked for, or a line of standard input.")
    var otp: String?

    @Option(help: "The kind of the payment.")
    var type: PaymentType = .processingCentre

    @Option(help: "What the bill was checked for, in tiyin. Not sent: an answer with another amount is not believed.")
    var amount: Tiyin?

    /// For the person who is asked.
    var description: String { "\(billId)" + (amount.map { " of \($0) so'm" } ?? "") }
}
