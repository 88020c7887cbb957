package import MerchantAPI
package import PaymentValues
package import Payouts
package import Processing

/// Pays through Anor Bank and judges its answers.
package struct AnorBank: Bank {
    private let client: MerchantClient

    /// Explains this bank's codes to people.
    package static let catalogue: any ReasonCatalogue = AnorBankCatalogue()

    package init(client: MerchantClient) {
        self.client = client
    }

    package func signIn() async -> SignIn {
        do {
            return .ready(isSandbox: try await client.isSandbox())
        } catch {
            return Self.judgeSignIn(error.cause)
        }
    }

    package func pay(_ order: PayoutOrder) async -> Outcome {
        do {
            return Self.judge(try await client.pay(order), for: order)
        } catch {
            return Self.judge(error.cause)
        }
    }

    package func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding {
        do {
            return Self.judgeStatus(try await client.status(StatusRequest(id: id)), about: id, expecting: amount)
        } catch {
            return Self.judgeStatus(error.cause)
        }
    }
}
