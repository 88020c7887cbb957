import AnorBank
import MerchantAPI
import Payouts

/// The address of the bank and the login of the agent. Never show all of it: it contains the password.
struct BankSettings: Sendable {
    let address: BankAddress
    let username: String
    let password: Password

    func client(timeout: Duration, connections: Int) throws -> MerchantClient {
        try MerchantClient(
            configuration: MerchantClient.Configuration(
                address: address, username: username, password: password, requestTimeout: timeout,
                maximumConnections: connections))
    }
}
