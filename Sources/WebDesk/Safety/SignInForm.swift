import Crypto
import Foundation

/// The token of the sign-in form, which is used before there is a session. The browser keeps a nonce in a cookie, and
/// the form contains the nonce's signature. All tabs of a browser share one nonce, so that each of them can sign in.
struct SignInForm: Sendable {
    /// The age in seconds from which a form's nonce is refused.
    static let longest: TimeInterval = 12 * 3600
    /// The age in seconds from which a page gets a new nonce.
    private static let renewal: TimeInterval = 3600

    private let key: SymmetricKey

    init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    /// Returns the nonce for a page.
    ///
    /// - Parameter kept: the browser's cookie.
    func nonce(kept: String?, at now: Date, random: (Int) -> [UInt8]) -> String {
        if let kept, let age = age(of: kept, at: now), age < Self.renewal { return kept }
        let nonce = "\(Int64(now.timeIntervalSince1970)).\(Token(random: random).text)"
        return "\(nonce).\(signature(of: "nonce " + nonce))"
    }

    /// Returns the token of a form.
    func token(for nonce: String) -> String { signature(of: "form " + nonce) }

    func isValid(_ token: String, nonce: String, at now: Date) -> Bool {
        guard let age = age(of: nonce, at: now), age < Self.longest else { return false }
        return Token(text: self.token(for: nonce)).matches(token)
    }

    /// Returns the age of a nonce of this desk.
    private func age(of nonce: String, at now: Date) -> TimeInterval? {
        let parts = nonce.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let seconds = Int64(parts[0]),
            Token(text: signature(of: "nonce \(parts[0]).\(parts[1])")).matches(parts[2])
        else { return nil }
        let age = now.timeIntervalSince1970 - Double(seconds)
        // If the clock was set back, the age is unknown.
        return age >= -1 ? age : nil
    }

    private func signature(of text: String) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64URL
    }
}
