/// The rule for a new password.
package enum PasswordRule {
    /// The smallest number of characters.
    package static let shortest = 10

    /// Returns whether a password is easy to guess: it has few different characters, or the user's name or payout's.
    package static func isEasyToGuess(_ password: String, of name: String) -> Bool {
        let words = ["payout", "anorbank"] + (name.count > 2 ? [name] : [])
        return Set(password).count < 5 || words.contains(where: password.lowercased().contains)
    }
}
