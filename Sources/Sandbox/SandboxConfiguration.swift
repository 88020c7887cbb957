package import Foundation

/// The behaviour of the sandbox. By default it pays every valid card at once.
package struct SandboxConfiguration: Sendable {
    package var username = "agent"
    package var password = "s3cret-Pa$$"
    /// A second user, with the role that a cancellation needs.
    package var supervisorUsername = "supervisor"
    package var supervisorPassword = "c4ncel-Pa$$"
    package var tokenLifetimeSeconds: Int64 = 86398
    /// The seed of everything that looks random: tokens and faults.
    package var seed: UInt64 = 1
    package var faults = FaultPlan.none
    package var repeats = RepeatRule.reject
    /// The name of the bank's id in the answer to a payment. The document's table and its sample disagree.
    package var receiptField = ReceiptField.bmId
    /// The answer of /agent/status about an unknown id.
    package var unknownPayment = BankError.objectNotFound
    /// The balance of each account before its first payment.
    package var startingBalanceTiyin: Int64 = 1_000_000_000_000_000
    /// The sender's commission in ten-thousandths of a payout.
    package var commissionInTenThousandths: Int64 = 0
    /// The balance of each customer's card before its first bill.
    package var cardBalanceTiyin: Int64 = 1_000_000_000_000
    /// The time after its check in which a bill can be paid or held.
    package var billLifetime = Duration.seconds(120)
    /// The time for which an SMS code is valid.
    package var codeLifetime = Duration.seconds(60)
    /// The number of wrong entries that void a code.
    package var wrongCodeEntries = 3
    /// The file that keeps the payments across restarts. `nil` keeps them in memory only.
    package var journal: URL?

    /// The delay of each answer to a payment, after the debit.
    package var latency = Duration.zero
    /// The delay of the test card that answers late.
    package var lateAnswer = Duration.seconds(2)
    /// The time for which the test card that never answers holds its connection.
    package var hold = Duration.seconds(120)

    /// The durations of timed faults.
    package var durations = FaultDurations()
    /// The length of the body of the `long-body` fault.
    package var longBodyBytes = 10 << 20

    /// The clock. The bank uses no other source of time.
    package var now: @Sendable () -> Date = Date.init

    package init() {}

    var codeRules: OneTimeCode.Rules { OneTimeCode.Rules(lifetime: codeLifetime, wrongEntries: wrongCodeEntries) }

    func user(named username: String, password: String) -> BankUser? {
        switch (username, password) {
        case (self.username, self.password): .agent
        case (supervisorUsername, supervisorPassword): .supervisor
        default: nil
        }
    }
}

/// The treatment of a payment with a known agentTranId. The document does not define it, so a client must handle all of
/// these.
package enum RepeatRule: String, Sendable, CaseIterable {
    /// Answer 400 invalid_params. The catalogue has no code for a repeated id, so the id counts as a wrong parameter.
    case reject
    /// Repeat the answer to the first send.
    case replay
    /// Pay again, like a bank that ignores the id.
    case doubleDebit
}

package enum ReceiptField: String, Sendable {
    case bmId
    case bmlId
}
