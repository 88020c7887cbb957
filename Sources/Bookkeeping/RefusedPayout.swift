package import Foundation
package import PaymentValues
package import Payouts

/// A payout that the bank refused, or that a person recorded as not paid. It may be tried again.
package struct RefusedPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let amount: Tiyin
    package let reason: Reason?
    /// Whether any send of this attempt had an unknown outcome.
    package let isDoubtful: Bool
    package let lastSentAt: Date?
    /// The time when the attempt became unknown, or when a changed clock restarted its quiet period.
    package let quietSince: Date?
}
