import Crypto
import Foundation
import PaymentValues
import Payouts

/// Encrypts the cards in the ledger. AES-GCM seals the card number and the expiry, and binds them to their row and
/// payment. A keyed fingerprint finds the same card again without decrypting it.
struct CardSeal: Sendable {
    private let sealingKey: SymmetricKey
    private let fingerprintKey: SymmetricKey
    /// The hash that has already absorbed the key. It saves half of the work of each fingerprint.
    private let fingerprints: HMAC<SHA256>
    /// A value that shows whether a key is the ledger's key. It reveals nothing else about the key.
    let keyCheck: Data
    /// Signs the ledger's records.
    let records: RecordSeal
    /// Signs the frames of the send journal.
    let journal: RecordSeal

    /// Derives the keys.
    /// - Parameter sealedFingerprintKey: the stored fingerprint key, if the ledger's key was ever rotated.
    /// - Throws: an error if the fingerprint key was sealed with another key.
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
        // Derive it from the fingerprint key, because that key stays the same when the ledger's key is rotated.
        let lasting = fingerprintKey
        func deriveLasting(_ purpose: String) -> RecordSeal {
            RecordSeal(
                key: HKDF<SHA256>.deriveKey(inputKeyMaterial: lasting, info: Data(purpose.utf8), outputByteCount: 32))
        }
        records = deriveLasting("payout record signature 1")
        journal = deriveLasting("payout send journal 1")
    }

    /// Seals the fingerprint key with another seal. The key must survive a rotation: the cards of paid rows are erased,
    /// so their fingerprints could not be computed again.
    func fingerprintKey(sealedBy other: CardSeal) throws -> Data {
        try unsafe AES.GCM.seal(fingerprintKey.withUnsafeBytes { unsafe Data($0) }, using: other.sealingKey).whole
    }

    /// Seals a card.
    ///
    /// - Parameter binding: the row and payment of the card. The card opens only with the same binding.
    func seal(_ card: CardNumber, _ expiry: CardExpiry, boundTo binding: Binding) throws -> Data {
        let box = try AES.GCM.seal(
            Array((card.digits + expiry.mmyy).utf8), using: sealingKey, authenticating: binding.bytes)
        return box.whole
    }

    /// Opens a sealed card. Returns `nil` if the card was sealed with another key or bound to something else.
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

    /// The data that a sealed card is bound to: its row, and everything else in the request that carries the card.
    struct Binding {
        let bytes: [UInt8]

        /// Makes the binding of a payment.
        /// - Parameter id: the id of the attempt that sends the card.
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

        /// Binds a card to its row alone, as ledgers with schema 8 did.
        init(withoutContent row: RowKey) {
            bytes = row.bytes
        }
    }

    /// The unique name of a row, across all files. The ids of its attempts are computed from it.
    struct RowKey {
        let bytes: [UInt8]

        init(reference: BatchReference, digest: FileDigest, row: Int) {
            // Build the bytes directly: string interpolation would allocate for nearly every part.
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
    /// The nonce, ciphertext and tag together.
    fileprivate var whole: Data {
        guard let combined else { preconditionFailure("a nonce of the usual size has a combined form") }
        return combined
    }
}
