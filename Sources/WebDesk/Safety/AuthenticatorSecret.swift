import Crypto
import Foundation
package import Payouts

/// The secret that the desk shares with a user's authenticator app. The app computes a new code from it every 30
/// seconds (RFC 6238).
package struct AuthenticatorSecret: Hashable, Sendable {
    let bytes: Data

    /// The time in which a code is valid, in seconds.
    static let period: Int64 = 30
    /// The number of periods by which the app's clock may be ahead or behind.
    static let drift: Int64 = 1

    /// Makes a secret.
    /// - Parameter random: returns the given number of unpredictable bytes.
    package init(random: (Int) -> [UInt8]) {
        bytes = Data(random(20))
    }

    init(bytes: Data) {
        self.bytes = bytes
    }

    /// Returns the code of a period.
    ///
    /// - Parameter step: the number of the period since 1970.
    func code(atStep step: Int64, digits: Int = 6) -> String {
        let counter = Data((0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) })
        let digest = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: bytes)))
        // The last four bits give the position of the number (RFC 4226, section 5.3).
        let start = Int(digest[digest.count - 1] & 0x0f)
        let number = digest[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(UInt64(number) % (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 })
        return String(repeating: "0", count: digits - text.count) + text
    }

    static func step(at now: Date) -> Int64 { Int64((now.timeIntervalSince1970 / Double(period)).rounded(.down)) }

    /// Returns the period of a code, if the code is valid now.
    ///
    /// - Parameter used: the latest period whose code was accepted. Codes of this and earlier periods are not valid.
    func step(of code: String, at now: Date, after used: Int64?) -> Int64? {
        let current = Self.step(at: now)
        return (current - Self.drift...current + Self.drift).first { step in
            Token(text: self.code(atStep: step)).matches(code) && step > used ?? .min
        }
    }

    /// The address that an authenticator app reads from a QR code.
    package func address(for user: UserName) -> String {
        "otpauth://totp/payout:\(user)?secret=\(base32)&issuer=payout&algorithm=SHA1&digits=6&period=\(Self.period)"
    }
}

extension AuthenticatorSecret {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The secret in Base32 (RFC 4648), without padding, as authenticator apps show it.
    package var base32: String { Self.base32(bytes) }

    static func base32(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        var (buffer, count) = (UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(buffer >> count & 31)])
            }
        }
        if count > 0 { text.append(alphabet[Int(buffer << (5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the secret from Base32. Returns `nil` if the text is not a secret.
    init?(base32: some StringProtocol) {
        var bytes: [UInt8] = []
        var (buffer, count) = (UInt32(0), 0)
        for character in base32.utf8 {
            guard let value = Self.alphabet.firstIndex(of: character) else { return nil }
            buffer = buffer << 5 | UInt32(value)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> count))
            }
        }
        guard bytes.count >= 16 else { return nil }
        self.bytes = Data(bytes)
    }
}
