import Foundation

/// A person as the ledger records them: `dilnoza@office#1004`. The number is the account of the login. Neither sudo nor
/// the person can change it. The desk and services have none.
package struct RecordedPerson {
    private let name: String
    /// The machine with the number; `nil` without a number.
    private let login: Substring?

    package init(_ who: String) {
        let parts = who.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        name = parts[0].lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
        login = parts.count == 2 && parts[1].contains("#") ? parts[1] : nil
    }

    /// Returns whether both are one person: they have the same name, on any machine, or the same login on one machine.
    package func isSame(as other: String) -> Bool {
        let other = RecordedPerson(other)
        return name == other.name || (login != nil && login == other.login)
    }
}
