import ArgumentParser
import MerchantAPI

struct BankReverseHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-hold", abstract: "Gives back all that is held for a bill (method 12). Moves money.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("reverse-hold") { hand in
            let reversal = HoldReversal(bill: billId)
            try hand.agree(to: "Give back all that is held for bill \(billId)", money)
            return try await hand.call(leaving: .bill(billId)) { try await $0.reverseHold(reversal) }
        }
    }
}
