import GRDB
import Payouts

/// Where the rows of a new batch are stored, each queued and with its first attempt.
struct PayoutTable {
    private let payouts: RowInsert
    private let attempts: RowInsert

    init(_ batch: BatchID, queuedAt: Int64, in db: Database) throws {
        payouts = try RowInsert(
            """
            INSERT INTO payout (batchID, changedAt, row, account, bankCode, maskedCard, sealedCard, cardFingerprint, amountTiyin,
                name, rowKey, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')
            """, in: db)
        attempts = try RowInsert(
            """
            INSERT INTO attempt (batchID, agentTranID, row, number) VALUES (?, ?, ?, 1)
            ON CONFLICT (agentTranID) DO NOTHING
            """, in: db)
        try payouts.bind(batch.number, at: 1)
        try payouts.bind(queuedAt, at: 2)
        try attempts.bind(batch.number, at: 1)
    }

    /// - Returns: whether its attempt was stored as well, and its id not another attempt's.
    func insert(_ payout: SealedPayout) throws -> Bool {
        try payouts.bind(Int64(payout.row), at: 3)
        try payouts.bind(payout.account.digits, at: 4)
        try payouts.bind(payout.bankCode.digits, at: 5)
        try payouts.bind(payout.maskedCard, at: 6)
        try payouts.bind(payout.sealedCard, at: 7)
        try payouts.bind(payout.cardFingerprint, at: 8)
        try payouts.bind(payout.amount.count, at: 9)
        try payouts.bind(payout.name, at: 10)
        try payouts.bind(payout.rowKey, at: 11)
        _ = try payouts()
        try attempts.bind(payout.firstID.number, at: 2)
        try attempts.bind(Int64(payout.row), at: 3)
        return try attempts()
    }
}
