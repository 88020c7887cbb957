import MerchantAPI
import Synchronization

/// A bank that gives one method a prepared answer and accepts every login, and a client that talks to it.
final class ToldBank: Sendable {
    let raw: RawBank
    let client: MerchantClient
    private let orders: Orders

    private final class Orders: Sendable {
        let reply = Mutex(RawBank.Reply.hang)
    }

    init(path: String) async throws {
        let orders = Orders()
        raw = try await RawBank { seen in
            seen.path == path ? orders.reply.withLock { $0 } : MerchantClientTests.granted
        }
        self.orders = orders
        client = try MerchantClient(
            configuration: .init(
                address: BankAddress(raw.url), username: "agent", password: Password("hidden"),
                requestTimeout: .seconds(20)))
    }

    /// Returns what the method makes of an answer.
    func hears(
        _ method: MethodCase, _ status: Int, _ body: String, bill: Int64? = nil
    ) async -> Result<String, MerchantError.Cause> {
        orders.reply.withLock { $0 = .json(status, body) }
        do { return .success(try await method.ask(client, bill ?? method.answered)) } catch {
            return .failure(error.cause)
        }
    }

    func stop() async throws {
        try await client.shutdown()
        try await raw.stop()
    }
}
