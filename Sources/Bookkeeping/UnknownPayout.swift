package import Foundation
package import PaymentValues
package import Payouts

/// A payout whose outcome is unknown.
package struct UnknownPayout: Hashable, Sendable {
    package let attempt: AttemptKey
    package let amount: Tiyin
    package let reason: Reason?
    package let lastSentAt: Date?
    /// The time when a changed clock restarted the quiet period.
    package let quietSince: Date?
    /// The time of the last query that counted.
    package let lastAskedAt: Date?
    /// The number of “not found” answers, in queries far enough apart to count.
    package let notFoundCount: Int
}
