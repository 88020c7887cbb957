import ArgumentParser
import MerchantAPI

struct BankReverseHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-hold", abstract: "Releases the whole hold for a bill (method 12). Moves money.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("reverse-hold") { call in
            let reversal = HoldReversal(bill: billId)
            try call.agree(to: "Release the whole hold for bill \(billId)", money)
            return try await call.send(leaving: .bill(billId)) { try await $0.reverseHold(reversal) }
        }
    }
}
