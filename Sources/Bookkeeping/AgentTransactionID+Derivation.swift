import Crypto
import PaymentValues
import Payouts

extension AgentTransactionID {
    /// Computes the id of one attempt at one row from the file. The same file under the same reference gets the same
    /// ids on any machine. So a lost ledger can be rebuilt, and the program can ask the bank about its rows.
    ///
    /// - Parameter salt: 0, or higher if the id was already taken.
    static func derived(
        reference: BatchReference, digest: FileDigest, row: Int, attempt: Int, salt: Int
    ) -> AgentTransactionID {
        derived(from: CardSeal.RowKey(reference: reference, digest: digest, row: row), attempt: attempt, salt: salt)
    }

    static func derived(from row: CardSeal.RowKey, attempt: Int, salt: Int) -> AgentTransactionID {
        let hash = unsafe SHA256.hash(data: row.bytes + "\u{1f}\(attempt)\u{1f}\(salt)".utf8).withUnsafeBytes {
            unsafe UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))
        }
        return AgentTransactionID(mapping: hash)
    }
}
