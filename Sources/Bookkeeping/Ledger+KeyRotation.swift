import Foundation
import GRDB
import Payouts

/// A new key for the ledger's cards.
///
/// First the new key is on disk, then one transaction closes every card with it, then it takes the old key's place. Where
/// the program ends in between, the ledger opens with whichever of the two fits, and a rotation that is begun again goes on.
extension Ledger {
    /// - Parameter onStep: called after each step, so that tests can end the program there.
    /// - Returns: where the old key is kept.
    /// - Throws: ``LedgerError``. Nobody may run the ledger meanwhile.
    package static func rotateKey(
        ofLedgerAt path: String, keyFile: KeyFile, who: String, onStep: (String) throws -> Void = { _ in },
        now: @escaping @Sendable () -> Date
    ) throws -> String {
        if try !isHalfRotated(path, keyFile) {
            let ledger = try Ledger(path: path, keyFile: keyFile, who: who, now: now)
            let next = try CardSeal(key: keyFile.next.readOrCreate())
            try onStep("the new key is on disk")
            try ledger.sealAnew(with: next)
            try ledger.rewriteSends()
            try onStep("the cards are sealed with it")
            try ledger.eraseJournal()
            try ledger.close()
        }
        let old = try keyFile.promoteNext()
        try onStep("it is the ledger's key")
        return old
    }

    /// Whether an earlier rotation has done all but its last step.
    private static func isHalfRotated(_ path: String, _ keyFile: KeyFile) throws -> Bool {
        guard FileManager.default.fileExists(atPath: keyFile.next.path) else { return false }
        let ledger = try Ledger(path: path, keyFile: keyFile, who: "", now: { Date.distantPast })
        defer { withExtendedLifetime(ledger) {} }
        return try CardSeal(key: keyFile.next.read()).keyCheck == ledger.seal.keyCheck
    }

    private func sealAnew(with next: CardSeal) throws(LedgerError) {
        try write { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT payout.batchID, payout.row, payout.sealedCard, payout.account, payout.bankCode, payout.amountTiyin,
                        batch.reference, batch.fileSHA256,
                        (SELECT agentTranID FROM attempt WHERE attempt.batchID = payout.batchID
                            AND attempt.row = payout.row ORDER BY number DESC LIMIT 1) AS agentTranID
                    FROM payout JOIN batch ON batch.id = payout.batchID WHERE payout.sealedCard IS NOT NULL
                    ORDER BY payout.batchID, payout.row
                    """)
            while let row = try rows.next() {
                let number: Int = row["row"]
                let rowKey = CardSeal.RowKey(
                    reference: try BatchReference(stored: row["reference"]),
                    digest: try FileDigest(hex: row["fileSHA256"]).orDamaged("a file digest cannot be read"),
                    row: number)
                let binding = CardSeal.Binding(
                    rowKey, account: try SettlementAccount(row["account"]), bankCode: try BankCode(row["bankCode"]),
                    amount: Tiyin(row["amountTiyin"]),
                    id: try AgentTransactionID(row["agentTranID"]).orDamaged("an agentTranId is out of range"))
                guard let (card, expiry) = seal.open(row["sealedCard"], boundTo: binding) else {
                    throw LedgerError.cardDoesNotOpen(row: number)
                }
                try db.cachedStatement(sql: "UPDATE payout SET sealedCard = ? WHERE batchID = ? AND row = ?").execute(
                    arguments: [try next.seal(card, expiry, boundTo: binding), row["batchID"] as Int64, number])
            }
            try db.execute(
                sql: "UPDATE ledgerKey SET keyCheck = ?, sealedFingerprintKey = ?",
                arguments: [next.keyCheck, try seal.fingerprintKey(sealedBy: next)])
        }
    }

    /// Cards must not be closed with a key that another process has replaced meanwhile.
    func checkKey(in db: Database) throws {
        guard try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") == seal.keyCheck else {
            throw LedgerError.keyReplaced(ledger: path)
        }
    }
}
