import Payouts

/// The role of a user, which decides what they may do at the desk.
package enum Role: String, Sendable, CaseIterable {
    /// Uploads files, pays, corrects and decides.
    case maker
    /// Approves what others made.
    case checker
    /// Looks, and downloads reports.
    case viewer
}

/// The name by which a user signs in. Only Latin letters are allowed: otherwise two names could look the same, and a
/// maker could approve their own batch.
package struct UserName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// Checks a name and converts it to lower case.
    ///
    /// - Parameter text: 1 to 32 letters a–z, digits, dots, dashes and underscores, in any case, and no card number.
    /// - Throws: ``Invalid`` if the text is not such a name.
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
            "a name is 1 to 32 letters a to z, digits, dots, dashes and underscores, and no card number, for example dilnoza.k"
        }
    }

    package var description: String { text }
}

/// A user who may sign in.
package struct User: Hashable, Sendable {
    package let name: UserName
    package let role: Role
    package let password: PasswordHash
    /// `nil` if the user has enrolled none.
    package var secondFactor: SecondFactor?

    package init(name: UserName, role: Role, password: PasswordHash, secondFactor: SecondFactor? = nil) {
        self.name = name
        self.role = role
        self.password = password
        self.secondFactor = secondFactor
    }

    /// The name under which the ledger records what the user does. A user with the same name at the command line counts
    /// as the same person.
    package var who: String { "\(name)@desk" }
}
