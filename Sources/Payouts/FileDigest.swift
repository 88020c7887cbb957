import PaymentValues

/// The SHA-256 of a payout file's bytes. It identifies the file of a batch.
package struct FileDigest: Hashable, Sendable, CustomStringConvertible {
    /// The digest as 64 lowercase hexadecimal digits.
    package let hex: String

    /// Takes 32 bytes. Returns `nil` for any other number.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        let alphabet = Array("0123456789abcdef".utf8)
        hex = String(decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Takes 64 lowercase hexadecimal digits. Returns `nil` for any other text.
    package init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ $0.isASCIIDigit || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    package var description: String { hex }
}
