import ArgumentParser
import MerchantAPI

struct BankConfirmHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-hold", abstract: "Debits the money held for a bill (method 9). Moves money.")

    @Option(help: "The bill's number.")
    var billId: BillID

    @OptionGroup var money: MoneyOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("confirm-hold") { call in
            let confirmation = HoldConfirmation(bill: billId)
            try call.agree(to: "Debit the money held for bill \(billId)", money)
            return try await call.send(leaving: .bill(billId)) { try await $0.confirmHold(confirmation) }
        }
    }
}
