package import PaymentValues
package import Payouts

/// The bank as a payout run needs it. Nothing here throws: a timeout, a cancelled task or garbage is evidence about a
/// payout, never a reason to forget it. Another bank is another conformance.
package protocol Bank: Sendable {
    /// Logs in, so that a bank that cannot be reached is found out before the first payout is claimed.
    func signIn() async -> SignIn

    /// Sends one payout, once. An implementation never sends it again by itself.
    func pay(_ order: PayoutOrder) async -> Outcome

    /// Asks what became of an earlier send.
    func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding
}

package enum SignIn: Hashable, Sendable {
    /// - Parameter isSandbox: whether the bank calls itself a sandbox, which moves no money.
    case ready(isSandbox: Bool = false)
    case unreachable(Reason)
    case refused(Reason)
}
