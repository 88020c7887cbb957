import Foundation
import PaymentValues

/// A payout that waits to be sent, as it lies in the ledger: its card is closed.
package struct QueuedPayout: Sendable {
    package let attempt: AttemptKey
    let account: SettlementAccount
    let bankCode: BankCode
    let sealedCard: Data?
    let amount: Tiyin
    let isDoubtful: Bool
}
