import ArgumentParser
import MerchantAPI

struct BankConfirmHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-hold", abstract: "Takes the money that is held for a bill (method 9). Moves money.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("confirm-hold") { hand in
            let confirmation = HoldConfirmation(bill: billId)
            try hand.agree(to: "Take what is held for bill \(billId)", money)
            return try await hand.call(leaving: .bill(billId)) { try await $0.confirmHold(confirmation) }
        }
    }
}
