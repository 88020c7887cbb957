package import Payouts

/// The role of a user, which decides what they may do at the desk.
package enum Role: String, Sendable, CaseIterable {
    /// Uploads files, pays, corrects and decides.
    case maker
    /// Approves the work of others.
    case checker
    /// Looks at pages and downloads reports.
    case viewer
}

/// A user who may sign in.
package struct User: Hashable, Sendable {
    package let name: UserName
    package let role: Role
    package var password: PasswordHash
    /// The second factor. `nil` if the user has enrolled none.
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
