package import Foundation

/// How the sandbox behaves. The defaults are a bank that pays every valid card at once.
package struct SandboxConfiguration: Sendable {
    package var username = "agent"
    package var password = "s3cret-Pa$$"
    /// A second user, who has the role that cancelling a payment needs.
    package var supervisorUsername = "supervisor"
    package var supervisorPassword = "c4ncel-Pa$$"
    package var tokenLifetimeSeconds: Int64 = 86398
    /// Everything that looks random (tokens, faults) follows from the seed.
    package var seed: UInt64 = 1
    package var faults = FaultPlan.none
    package var repeats = RepeatRule.reject
    /// How the answer of a payment spells the bank's id: the document's table and its sample disagree.
    package var receiptField = ReceiptField.bmId
    /// What /agent/status answers about an id it does not know.
    package var unknownPayment = BankError.objectNotFound
    /// What each account holds before its first payment.
    package var startingBalanceTiyin: Int64 = 1_000_000_000_000_000
    /// What each customer's card holds before its first bill.
    package var cardBalanceTiyin: Int64 = 1_000_000_000_000
    /// How long a bill can be paid or held after its check.
    package var billLifetime = Duration.seconds(120)
    /// How long a code that was sent by SMS is good.
    package var codeLifetime = Duration.seconds(60)
    /// The wrong entry that ends a code.
    package var wrongCodeEntries = 3
    /// Payments are kept in this file, so that a sandbox that dies still knows them when it starts again.
    package var journal: URL?

    /// Waited before each answer to a payment, after the debit.
    package var latency = Duration.zero
    /// The wait of the test card that answers late.
    package var lateAnswer = Duration.seconds(2)
    /// How long the test card that never answers holds its connection.
    package var hold = Duration.seconds(120)

    /// How long the faults of time take.
    package var durations = FaultDurations()
    /// The length of the body of `long-body`.
    package var longBodyBytes = 10 << 20

    /// All time of the bank comes from here.
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

/// What a payment whose agentTranId is known already comes to. The document does not say, so a client must stand all.
package enum RepeatRule: String, Sendable, CaseIterable {
    /// 400 invalid_params: the catalogue has no code of its own for a repeated id, and the id is a wrong parameter.
    case reject
    /// Answers again what became of the first send.
    case replay
    /// A bank that does not look at the id: it pays again.
    case doubleDebit
}

package enum ReceiptField: String, Sendable {
    case bmId
    case bmlId
}
