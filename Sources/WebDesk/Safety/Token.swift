import Crypto
import Foundation

/// What cannot be guessed: 256 random bits, written in letters that need no escape.
struct Token: Hashable, Sendable {
    let text: String

    init(text: String) {
        self.text = text
    }

    init(random: (Int) -> [UInt8]) {
        text = Data(random(32)).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    /// Told apart from another text in a time that says nothing of where they differ.
    func fits(_ other: String) -> Bool {
        let (own, other) = (SHA256.hash(data: Data(text.utf8)), SHA256.hash(data: Data(other.utf8)))
        return own == other
    }

    /// What it is kept by: who reads the memory of the sessions' keys cannot sign in with them.
    static func digest(of text: String) -> Data {
        Data(SHA256.hash(data: Data(text.utf8)))
    }
}
