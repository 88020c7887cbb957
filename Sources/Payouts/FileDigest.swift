import PaymentValues

/// The SHA-256 of a payout file's bytes: what fixes a batch.
package struct FileDigest: Hashable, Sendable, CustomStringConvertible {
    /// 64 lowercase hexadecimal digits.
    package let hex: String

    /// `nil` unless there are 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        let alphabet = Array("0123456789abcdef".utf8)
        hex = String(decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// `nil` unless the text is 64 lowercase hexadecimal digits.
    package init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ $0.isASCIIDigit || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    package var description: String { hex }
}
