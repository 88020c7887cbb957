import ArgumentParser
import MerchantAPI

struct BankReverseHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-hold", abstract: "Releases the whole hold for a bill (method 12). Moves money.")

    @OptionGroup var bill: BillOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("reverse-hold") { call in
            let reversal = HoldReversal(bill: bill.id)
            try call.agree(to: "Release the whole hold for bill \(bill.id)", bill.money)
            return try await call.send(leaving: .bill(bill.id)) { try await $0.reverseHold(reversal) }
        }
    }
}
