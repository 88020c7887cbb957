package import Foundation
package import PaymentValues
package import Payouts

/// A payout whose outcome is unknown.
package struct UnknownPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let amount: Tiyin
    package let reason: Reason?
    package let lastSentAt: Date?
    /// When the quiet period started again because the clock was set.
    package let quietSince: Date?
    /// When the bank was last asked with an answer that counted.
    package let lastAskedAt: Date?
    /// How often the bank has said that it does not know the payout, in queries far enough apart to count.
    package let notFoundCount: Int
}
