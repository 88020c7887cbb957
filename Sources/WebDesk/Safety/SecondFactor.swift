import Crypto
package import Foundation
import Payouts

/// Confirms a user's approvals and payments in addition to the password. It is an authenticator app, with recovery
/// codes in case the app is lost. Each code is accepted once.
package struct SecondFactor: Hashable, Sendable {
    private let secret: AuthenticatorSecret
    /// The period of the latest accepted code.
    private var usedStep: Int64
    /// The digests of the unused recovery codes. The codes are random, so their digests need no salt.
    private var recoveryDigests: [String]

    static let recoveryCodeCount = 10

    package var recoveryCodesLeft: Int { recoveryDigests.count }

    /// Enrols an app after the user has typed its code.
    ///
    /// - Returns: `nil` if the code is wrong.
    package init?(
        _ secret: AuthenticatorSecret, provenBy code: String, at now: Date, recoveryCodes: [String]
    ) {
        guard let step = secret.step(of: Self.plain(code), at: now, after: nil) else { return nil }
        self.secret = secret
        usedStep = step
        recoveryDigests = recoveryCodes.map(Self.digest)
    }

    /// Makes recovery codes. They are shown once.
    package static func newRecoveryCodes(random: (Int) -> [UInt8]) -> [String] {
        (0..<recoveryCodeCount).map { _ in
            let text = Array(AuthenticatorSecret.base32(random(10)))
            return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<$0 + 4]) }.joined(separator: "-")
        }
    }

    /// Accepts a code that is valid now and was not used before.
    mutating func accept(_ typed: String, at now: Date) -> EventCause.Confirmation? {
        let code = Self.plain(typed)
        if let step = secret.step(of: code, at: now, after: usedStep) {
            usedStep = step
            return .code
        }
        guard let place = recoveryDigests.firstIndex(of: Self.digest(code)) else { return nil }
        recoveryDigests.remove(at: place)
        return .recoveryCode
    }

    /// Returns a typed code without the spaces and dashes between its groups.
    private static func plain(_ code: String) -> String {
        code.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    }

    private static func digest(_ code: String) -> String {
        SHA256.hash(data: Data("recovery code \(plain(code))".utf8))
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// Reads and writes the form in the users file: `totp:secret:step:digest,digest`.
extension SecondFactor: LosslessStringConvertible {
    package init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "totp", let secret = AuthenticatorSecret(base32: parts[1]),
            let step = Int64(parts[2])
        else { return nil }
        let digests = parts[3].split(separator: ",").map(String.init)
        guard digests.allSatisfy({ $0.utf8.count == 64 }) else { return nil }
        self.secret = secret
        usedStep = step
        recoveryDigests = digests
    }

    package var description: String {
        "totp:\(secret.base32):\(usedStep):\(recoveryDigests.joined(separator: ","))"
    }
}
