package import Foundation
package import PaymentValues
package import Payouts

/// A payout of which nobody knows what became of it.
package struct UnknownPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let amount: Tiyin
    package let reason: Reason?
    package let lastSentAt: Date?
    /// When the quiet period began anew, because the clock was seen to step.
    package let quietSince: Date?
    /// When the bank was last asked and its answer counted.
    package let lastAskedAt: Date?
    /// How often the bank has said, one asking well after the other, that it does not know the payout.
    package let notFoundCount: Int
}
