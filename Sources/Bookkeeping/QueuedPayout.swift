import Foundation
import PaymentValues

/// A queued payout as the ledger stores it, with its card still encrypted.
package struct QueuedPayout: Sendable {
    package let attempt: AttemptKey
    let account: SettlementAccount
    let bankCode: BankCode
    let sealedCard: Data?
    let amount: Tiyin
    let isDoubtful: Bool
}
