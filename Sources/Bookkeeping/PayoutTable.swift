import GRDB
import PaymentValues
import Payouts

/// Stores the rows of a new batch, queued and with their first attempts.
struct PayoutTable {
    private let batch: BatchID
    private let queuedAt: Int64
    private let payouts: WriteStatement
    private let attempts: WriteStatement

    init(_ batch: BatchID, queuedAt: Int64, in db: Database) throws {
        self.batch = batch
        self.queuedAt = queuedAt
        payouts = try WriteStatement(
            """
            INSERT INTO payout (batchID, row, account, bankCode, maskedCard, sealedCard, cardFingerprint, amountTiyin, name,
                rowKey, state, changedAt, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)
            """, in: db)
        attempts = try WriteStatement(
            """
            INSERT INTO attempt (batchID, row, agentTranID, number) VALUES (?, ?, ?, 1)
            ON CONFLICT (agentTranID) DO NOTHING
            """, in: db)
    }

    /// Stores one row and its first attempt.
    ///
    /// - Returns: `false` if the row was stored but its attempt was not, because another attempt has the same id.
    func insert(_ payout: SealedPayout) throws -> Bool {
        try payouts([
            .number(batch.number), .number(payout.row), .text(payout.account.digits), .text(payout.bankCode.digits),
            .text(payout.maskedCard), .bytes(payout.sealedCard), .bytes(payout.cardFingerprint),
            .number(payout.amount.count), .text(payout.name), .text(payout.rowKey), .number(queuedAt),
            .bytes(payout.signature),
        ])
        return try attempts([.number(batch.number), .number(payout.row), .number(payout.firstID.number)]) == 1
    }
}
