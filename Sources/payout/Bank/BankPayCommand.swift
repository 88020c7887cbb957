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
        try await bank.running("pay") { call in
            let payment = BillPayment(
                bill: taking.billId, otp: try call.code(taking.otp), type: taking.type, expected: taking.amount)
            try call.agree(to: "Pay bill \(taking)", money)
            return try await call.send(leaving: .bill(payment.bill)) { try await $0.payBill(payment) }
        }
    }
}

/// The options of the commands `pay` and `hold`.
struct TakingOptions: ParsableArguments, CustomStringConvertible {
    @Option(help: "The bill's number: the id from the check command.")
    var billId: BillID

    @Option(help: "The code that the customer got by SMS. Without it, the command asks, or reads standard input.")
    var otp: String?

    @Option(help: "The type of the payment.")
    var type: PaymentType = .processingCentre

    @Option(help: "The amount of the check, in tiyin. It is not sent; an answer with another amount is rejected.")
    var amount: Tiyin?

    /// The bill, for the question to the person.
    var description: String { "\(billId)" + (amount.map { " of \($0) so‘m" } ?? "") }
}
