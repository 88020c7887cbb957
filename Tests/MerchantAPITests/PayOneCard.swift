import MerchantAPI
import Payouts

/// Pays 1 000 so‘m to one card, and says what came of it.
func payOneCard(_ pan: String, at bank: String) async throws -> String {
    guard let id = AgentTransactionID(100_000_000_000_001) else { return "not an id" }
    let order = PayoutOrder(
        id: id, senderName: "Example LLC", account: try SettlementAccount("20208000900123456001"),
        bankCode: try BankCode("01183"), card: try CardNumber(pan), expiry: try CardExpiry(mmyy: "1230"),
        amount: Tiyin(100_000))
    let client = MerchantClient(
        configuration: .init(baseURL: bank, username: "agent", password: Password("s3cret-Pa$$")))

    let result: String
    do {
        let answer = try await client.pay(order)
        result = answer.proves(order) ? "paid" : "nobody knows yet"
    } catch let error where error.mayHaveTakenEffect {
        // Never send it again: ask.
        do {
            let answer = try await client.status(StatusRequest(id: id))
            result = "the bank says \(answer.status)"
        } catch {
            result = "nobody knows yet: \(error)"
        }
    } catch {
        result = "not paid: \(error)"
    }
    try await client.shutdown()
    return result
}
