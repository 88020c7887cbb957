import ArgumentParser
import MerchantAPI
import PaymentValues

struct BankReversePartOfHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reverse-part-of-hold",
        abstract: "Releases a part of the hold for a bill (method 13). Moves money.",
        discussion: "The answer shows the amount that stays on hold.")

    @Option(help: "The amount to release, in tiyin.")
    var reverseAmount: Tiyin

    @Option(help: "The present hold, in tiyin. It is not sent; an answer that leaves a wrong amount is rejected.")
    var held: Tiyin?

    @OptionGroup var bill: BillOptions
    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("reverse-part-of-hold") { call in
            let reversal = try PartialHoldReversal(bill: bill.id, amount: reverseAmount, ofHeld: held)
            try call.agree(to: "Release \(reverseAmount) so‘m of the hold for bill \(bill.id)", bill.money)
            return try await call.send(leaving: .bill(bill.id)) { try await $0.reversePartOfHold(reversal) }
        }
    }
}
