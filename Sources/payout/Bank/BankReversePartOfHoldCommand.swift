import ArgumentParser
import MerchantAPI
import PaymentValues

struct BankReversePartOfHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-part-of-hold",
        abstract: "Gives back a part of what is held for a bill (method 13). Moves money.",
        discussion: "The amount that is shown afterwards is what stays held.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @Option(help: "How much is given back, in tiyin.")
    var reverseAmount: Tiyin

    @Option(help: "What is held until now, in tiyin. Not sent: an answer that leaves another sum is not believed.")
    var held: Tiyin?

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("reverse-part-of-hold") { hand in
            let reversal = try PartialHoldReversal(bill: billId, amount: reverseAmount, ofHeld: held)
            try hand.agree(to: "Give back \(reverseAmount) so'm of what is held for bill \(billId)", money)
            return try await hand.call(leaving: .bill(billId)) {
                try await $0.reversePartOfHold(reversal)
            } show: {
                ShownFields($0)
            }
        }
    }
}
