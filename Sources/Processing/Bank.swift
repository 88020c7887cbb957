package import PaymentValues
package import Payouts

/// The functions of a bank that a payout run needs. None of them throws. A timeout, a cancelled task or an unreadable
/// answer is evidence about a payout, and must not be lost. Another bank is another conformance.
package protocol Bank: Sendable {
    /// Logs in, so that an unreachable bank is noticed before the first payout is claimed.
    func signIn() async -> SignIn

    /// Sends one payout, once. An implementation must never resend it automatically.
    func pay(_ order: PayoutOrder) async -> Outcome

    /// Asks for the status of an earlier send.
    func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding
}

package enum SignIn: Hashable, Sendable {
    /// The login succeeded.
    /// - Parameter isSandbox: whether the bank calls itself a sandbox, which moves no money.
    case ready(isSandbox: Bool = false)
    case unreachable(Reason)
    case refused(Reason)
}
