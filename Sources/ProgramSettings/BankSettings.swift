package import MerchantAPI

/// The address of the bank and the login of the agent. Never show all of it: it contains the password.
package struct BankSettings: Sendable {
    package let address: BankAddress
    package let username: String
    package let password: Password

    package init(address: BankAddress, username: String, password: Password) {
        self.address = address
        self.username = username
        self.password = password
    }

    package func client(timeout: Duration, connections: Int) throws -> MerchantClient {
        try MerchantClient(
            configuration: MerchantClient.Configuration(
                address: address, username: username, password: password, requestTimeout: timeout,
                maximumConnections: connections))
    }
}
