import ArgumentParser
import MerchantAPI

struct BankConfirmHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-hold", abstract: "Debits the money held for a bill (method 9). Moves money.")

    @OptionGroup var bill: BillOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("confirm-hold") { call in
            let confirmation = HoldConfirmation(bill: bill.id)
            try call.agree(to: "Debit the money held for bill \(bill.id)", bill.money)
            return try await call.send(leaving: .bill(bill.id)) { try await $0.confirmHold(confirmation) }
        }
    }
}
