import Crypto
import Foundation
import Payouts

/// Proves that a user signed in with this browser before. Other people's failed sign-ins do not lock such a browser.
///
/// The key is the user's password hash, so a new password makes all marks invalid. The desk stores no marks.
struct DeviceMark: Sendable {
    /// The name of the browser.
    let id: String
    let text: String

    /// Makes the mark of a new browser.
    init(of user: User, random: (Int) -> [UInt8]) {
        self.init(id: Token(random: random).text, user)
    }

    /// Reads a mark. Returns `nil` if it is not this user's.
    init?(_ text: String, of user: User) {
        let id = String(text.prefix { $0 != "." })
        let own = DeviceMark(id: id, user)
        guard Token(text: own.text).matches(text) else { return nil }
        self = own
    }

    private init(id: String, _ user: User) {
        self.id = id
        let signature = HMAC<SHA256>.authenticationCode(
            for: Data("device of \(user.name): \(id)".utf8), using: SymmetricKey(data: user.password.key))
        text = id + "." + Data(signature).base64URL
    }
}
