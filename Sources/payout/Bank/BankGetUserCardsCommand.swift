import ArgumentParser
import MerchantAPI

struct BankGetUserCardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get-user-cards", abstract: "Lists the cards that were confirmed before, masked (method 5).")

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("get-user-cards") { hand in
            try await hand.call {
                try await $0.userCards()
            } show: {
                ShownFields($0)
            }
        }
    }
}
