#if Desk
package import Payouts
import WebDesk

extension Dialogue {
    /// Asks for a new password: twice at a terminal, otherwise once.
    package func newPassword(for name: UserName) throws(NewPasswordError) -> String {
        let password = askHidden("New password for \(name)") ?? ""
        guard password.count >= PasswordRule.shortest else { throw .tooShort(minimum: PasswordRule.shortest) }
        guard !PasswordRule.isEasyToGuess(password, of: name.text) else { throw .easyToGuess }
        if isInteractive, askHidden("Repeat the password") != password { throw .notRepeated }
        return password
    }
}

/// A new password that is not accepted.
package enum NewPasswordError: Error {
    case tooShort(minimum: Int)
    case easyToGuess
    case notRepeated
}
#endif
