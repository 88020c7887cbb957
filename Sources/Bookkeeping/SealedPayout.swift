import Foundation
import PaymentValues
import Payouts

/// A payout as the ledger stores it, with its card encrypted and the id of its first attempt.
struct SealedPayout: Sendable {
    private static let groupSize = 200

    let row: Int
    let account: SettlementAccount
    let bankCode: BankCode
    let maskedCard: String
    let sealedCard: Data
    let cardFingerprint: Data
    let amount: Tiyin
    let name: String?
    let rowKey: String?
    let firstID: AgentTransactionID
    let signature: Data

    private init(_ payout: Payout, of batch: NewBatch, under seal: CardSeal) throws {
        let rowKey = CardSeal.RowKey(reference: batch.reference, digest: batch.digest, row: payout.row)
        row = payout.row
        account = payout.account
        bankCode = payout.bankCode
        maskedCard = payout.card.masked
        cardFingerprint = seal.fingerprint(of: payout.card)
        amount = payout.amount
        name = payout.name
        self.rowKey = payout.rowKey
        firstID = .derived(from: rowKey, attempt: 1, salt: 0)
        sealedCard = try seal.seal(
            payout.card, payout.expiry,
            boundTo: CardSeal.Binding(
                rowKey, account: account, bankCode: bankCode, amount: amount, id: firstID))
        signature = seal.records.sign(
            row: row, of: batch.reference, batch.digest, account: account.digits, bankCode: bankCode.digits,
            maskedCard: maskedCard, cardFingerprint: cardFingerprint, amountTiyin: amount.count, name: name,
            rowKey: payout.rowKey, agentTranID: firstID.number)
    }

    /// Reads the rows of a batch, encrypts the cards, and calls `body` with up to 200 rows at a time.
    static func each(of batch: NewBatch, under seal: CardSeal, _ body: ([SealedPayout]) throws -> Void) throws {
        var sealed: [SealedPayout] = []
        sealed.reserveCapacity(groupSize)
        try batch.rows { payout in
            sealed.append(try SealedPayout(payout, of: batch, under: seal))
            guard sealed.count == groupSize else { return }
            try body(sealed)
            sealed.removeAll(keepingCapacity: true)
        }
        try body(sealed)
    }
}
