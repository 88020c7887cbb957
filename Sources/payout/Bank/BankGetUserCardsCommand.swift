import ArgumentParser
import MerchantAPI

struct BankGetUserCardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get-user-cards", abstract: "Lists the confirmed cards, masked (method 5).")

    @OptionGroup var bank: BankOptions

    func run() async throws {
        try await bank.running("get-user-cards") { call in
            try await call.send { try await $0.userCards() }
        }
    }
}
