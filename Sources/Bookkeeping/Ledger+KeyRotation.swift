package import Foundation
import GRDB
import PaymentValues
import Payouts

/// Rotates the key of the ledger's cards.
///
/// First, the new key is written to disk. Then one transaction encrypts every card with the new key. Then the new key
/// replaces the old one. If the program ends in between, the ledger opens with the key that fits, and the next rotation
/// continues.
extension Ledger {
    /// Replaces the ledger's key. No run may use the ledger meanwhile.
    ///
    /// - Parameter onStep: runs after each step, so that tests can end the program there.
    /// - Returns: the path of the new key and the path of the old one.
    /// - Throws: ``LedgerError``
    package static func rotateKey(
        ofLedgerAt path: String, keyFile: KeyFile, who: String, opening: LedgerOpening = LedgerOpening(),
        onStep: (String) throws -> Void = { _ in },
        now: @escaping @Sendable () -> Date
    ) throws -> (key: String, old: String) {
        let ledger = try Ledger(path: path, keyFile: keyFile, who: who, opening: opening, now: now)
        // The sandbox's ledger has a different key file.
        let keyFile = ledger.keyFile
        if try !isHalfRotated(ledger) {
            let next = try CardSeal(key: keyFile.next.readOrCreate())
            try onStep("the new key is on disk")
            try ledger.reseal(with: next)
            try onStep("the cards are sealed with it")
        }
        // The journal must be readable with the new key alone, in case the ledger is lost.
        try ledger.rewriteSends()
        try onStep("the send journal knows it")
        try ledger.eraseJournal()
        try ledger.close()
        let old = try keyFile.promoteNext()
        try onStep("it is the ledger's key")
        return (keyFile.path, old)
    }

    /// Returns whether only the last step of an earlier rotation is missing.
    private static func isHalfRotated(_ ledger: Ledger) throws -> Bool {
        let next = ledger.keyFile.next
        guard FileManager.default.fileExists(atPath: next.path) else { return false }
        return try CardSeal(key: next.read()).keyCheck == ledger.seal.keyCheck
    }

    private func reseal(with next: CardSeal) throws(LedgerError) {
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
                    id: try AgentTransactionID(stored: row["agentTranID"]))
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

    /// Checks the key. Cards must not be encrypted with a key that another process has replaced.
    func checkKey(in db: Database) throws {
        guard try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") == seal.keyCheck else {
            throw LedgerError.keyReplaced(ledger: path)
        }
    }
}
