import PaymentValues
import Payouts

/// What a person may do at the desk.
package enum Role: String, Sendable, CaseIterable {
    /// Hands in files, pays, corrects and decides.
    case maker
    /// Approves what others made.
    case checker
    /// Looks, and takes reports away.
    case viewer
}

/// The name by which a person signs in. Latin letters alone: else two people could have names that look the same, and a
/// maker approve her own batch.
package struct UserName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Parameter text: 1 to 32 letters a–z, digits, dots, dashes and underscores, in any case, and no card's number.
    /// - Throws: ``Invalid``
    package init(_ text: String) throws(Invalid) {
        let text = text.lowercased()
        guard (1...32).contains(text.utf8.count),
            text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0) }),
            maskingTrueCardNumbers(in: text) == text
        else { throw Invalid() }
        self.text = text
    }

    package struct Invalid: Error, Hashable, CustomStringConvertible {
        package var description: String {
            "a name is 1 to 32 letters a to z, digits, dots, dashes and underscores, and no card's number, for example dilnoza.k"
        }
    }

    package var description: String { text }
}

/// Somebody who may sign in.
package struct User: Sendable {
    package let name: UserName
    package let role: Role
    package let password: PasswordHash

    package init(name: UserName, role: Role, password: PasswordHash) {
        self.name = name
        self.role = role
        self.password = password
    }

    /// The name under which the ledger keeps what she does. Whoever has the same name at the command line is the same
    /// person.
    package var who: String { "\(name)@desk" }
}
