import Crypto
import Foundation
import PaymentValues
import Payouts

/// Keeps cards closed in the ledger: PAN and expiry under AES-GCM, bound to their row and to what is paid to them, and a
/// keyed fingerprint by which the same card is found again without being opened.
struct CardSeal: Sendable {
    private let sealingKey: SymmetricKey
    private let fingerprintKey: SymmetricKey
    /// With the key taken in, which is half of the work of a fingerprint.
    private let fingerprints: HMAC<SHA256>
    /// Tells whether a key is the one the ledger was made with, and nothing more.
    let keyCheck: Data
    /// Signs the ledger's records.
    let records: RecordSeal
    /// Signs the frames of the send journal.
    let journal: RecordSeal

    /// - Parameter sealedFingerprintKey: the fingerprints' key, where the ledger's key was rotated since it was first used.
    /// - Throws: where that was not sealed with this key.
    init(key: SymmetricKey, sealedFingerprintKey: Data? = nil) throws {
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: 32)
        }
        sealingKey = derive("payout card seal 1")
        keyCheck = unsafe derive("payout key check 1").withUnsafeBytes { unsafe Data($0.prefix(16)) }
        if let sealedFingerprintKey {
            let box = try AES.GCM.SealedBox(combined: sealedFingerprintKey)
            fingerprintKey = SymmetricKey(data: try AES.GCM.open(box, using: sealingKey))
        } else {
            fingerprintKey = derive("payout card fingerprint 1")
        }
        fingerprints = HMAC(key: fingerprintKey)
        // From the fingerprints' key, which stays when the ledger's key is rotated.
        let lasting = fingerprintKey
        func deriveLasting(_ purpose: String) -> RecordSeal {
            RecordSeal(
                key: HKDF<SHA256>.deriveKey(inputKeyMaterial: lasting, info: Data(purpose.utf8), outputByteCount: 32))
        }
        records = deriveLasting("payout record signature 1")
        journal = deriveLasting("payout send journal 1")
    }

    /// The fingerprints' key, closed with another seal: cards that are paid are gone, and could not be fingerprinted anew.
    func fingerprintKey(sealedBy other: CardSeal) throws -> Data {
        try unsafe AES.GCM.seal(fingerprintKey.withUnsafeBytes { unsafe Data($0) }, using: other.sealingKey).whole
    }

    /// - Parameter binding: what the card is bound to; it opens with nothing else.
    func seal(_ card: CardNumber, _ expiry: CardExpiry, boundTo binding: Binding) throws -> Data {
        let box = try AES.GCM.seal(
            Array((card.digits + expiry.mmyy).utf8), using: sealingKey, authenticating: binding.bytes)
        return box.whole
    }

    /// Opens a sealed card: `nil` where it was sealed with another key, or bound to something else.
    func open(_ sealed: Data, boundTo binding: Binding) -> (CardNumber, CardExpiry)? {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            let text = Array(try AES.GCM.open(box, using: sealingKey, authenticating: binding.bytes))
            return (
                try CardNumber(String(decoding: text.prefix(16), as: UTF8.self)),
                try CardExpiry(mmyy: String(decoding: text.dropFirst(16), as: UTF8.self))
            )
        } catch {
            return nil
        }
    }

    func fingerprint(of card: CardNumber) -> Data {
        var fingerprint = fingerprints
        fingerprint.update(data: Array(card.digits.utf8))
        return unsafe fingerprint.finalize().withUnsafeBytes { unsafe Data($0.prefix(16)) }
    }

    /// What a sealed card is bound to: its row, and all of the row that the bank is told beside the card.
    struct Binding {
        let bytes: [UInt8]

        /// - Parameter id: of the attempt that the card is sent with.
        init(
            _ row: RowKey, account: SettlementAccount, bankCode: BankCode, amount: Tiyin, id: AgentTransactionID
        ) {
            var bytes = row.bytes
            bytes.reserveCapacity(bytes.count + 80)
            for part in [account.digits, bankCode.digits, String(amount.count), String(id.number)] {
                bytes.append(0x1F)
                bytes += part.utf8
            }
            self.bytes = bytes
        }

        /// As ledgers before version 9 bound their cards: to the row alone.
        init(beforeVersion9 row: RowKey) {
            bytes = row.bytes
        }
    }

    /// Names a row among those of all files: what its ids follow from.
    struct RowKey {
        let bytes: [UInt8]

        init(reference: BatchReference, digest: FileDigest, row: Int) {
            // An interpolated text would be moved to a larger place with nearly each part.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(reference.name.utf8.count + digest.hex.utf8.count + 24)
            bytes += reference.name.utf8
            bytes.append(0x1F)
            bytes += digest.hex.utf8
            bytes.append(0x1F)
            bytes += String(row).utf8
            self.bytes = bytes
        }
    }
}

extension AES.GCM.SealedBox {
    /// Nonce, ciphertext and tag in one.
    fileprivate var whole: Data {
        guard let combined else { preconditionFailure("a nonce of the usual size has a combined form") }
        return combined
    }
}
