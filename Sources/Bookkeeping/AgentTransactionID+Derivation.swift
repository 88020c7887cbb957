import Crypto
import Payouts

extension AgentTransactionID {
    /// The id of one attempt at one row. The same file under the same reference has the same ids on any machine, so that
    /// a lost ledger can be rebuilt and the bank asked. `salt` is above zero only where the id was taken already.
    static func derived(
        reference: BatchReference, digest: FileDigest, row: Int, attempt: Int, salt: Int
    ) -> AgentTransactionID {
        let text = "\(reference.name)\u{1f}\(digest.hex)\u{1f}\(row)\u{1f}\(attempt)\u{1f}\(salt)"
        let number = SHA256.hash(data: Array(text.utf8)).withUnsafeBytes {
            UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))
        }
        let size = UInt64(range.upperBound - range.lowerBound + 1)
        return AgentTransactionID(range.lowerBound + Int64(number % size))!
    }
}
