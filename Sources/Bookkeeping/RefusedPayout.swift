package import Foundation
package import PaymentValues
package import Payouts

/// A payout that the bank refused, or that a person recorded as not paid. It may be tried again.
package struct RefusedPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let amount: Tiyin
    package let reason: Reason?
    /// Whether a send of this attempt had an unknown outcome.
    package let isDoubtful: Bool
    package let lastSentAt: Date?
    /// When the attempt became unknown, or when its quiet period started again because the clock was set.
    package let quietSince: Date?
}
