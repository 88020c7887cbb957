import Crypto
import Foundation

/// An unguessable value: 256 random bits in URL-safe Base64.
struct Token: Hashable, Sendable {
    let text: String

    init(text: String) {
        self.text = text
    }

    init(random: (Int) -> [UInt8]) {
        text = Data(random(32)).base64URL
    }

    /// Compares the token with a text in constant time.
    func matches(_ other: String) -> Bool {
        let (own, other) = (SHA256.hash(data: Data(text.utf8)), SHA256.hash(data: Data(other.utf8)))
        return own == other
    }

    /// Returns the key under which a session is stored. A reader of these keys cannot sign in with them.
    static func digest(of text: String) -> Data {
        Data(SHA256.hash(data: Data(text.utf8)))
    }
}

extension Data {
    /// The data in URL-safe Base64, without padding.
    var base64URL: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
