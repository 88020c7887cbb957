import MerchantAPI
import PaymentValues

/// Pays 1 000 so‘m to one card, and returns the result in words.
func payOneCard(_ pan: String, at bank: String) async throws -> String {
    let order = PayoutOrder(
        id: try AgentTransactionID(100_000_000_000_001), senderName: "Example LLC",
        account: try SettlementAccount("20208000900123456001"), bankCode: try BankCode("01183"),
        card: try CardNumber(pan), expiry: try CardExpiry(mmyy: "1230"), amount: Tiyin(100_000))
    let configuration = MerchantClient.Configuration(
        address: try BankAddress(bank), username: "agent", password: Password("s3cret-Pa$$"))

    return try await MerchantClient.withClient(configuration: configuration) { client in
        do {
            return try await client.pay(order).proves(order) ? "paid" : "nobody knows yet"
        } catch let error as MerchantError where error.mayHaveTakenEffect {
            // Never send it again: ask.
            return await fate(of: order, at: client)
        } catch {
            return "not paid: \(error)"
        }
    }
}

/// Asks the bank for the status of an order.
private func fate(of order: PayoutOrder, at client: MerchantClient) async -> String {
    do {
        let status = try await client.status(StatusRequest(id: order.id)).status
        return "the bank says \(status)" + (status.isFinal ? "" : ": ask again later")
    } catch {
        return "nobody knows yet: \(error)"
    }
}
