import PaymentValues

/// The name of a person, at the desk and at the command line. It allows Latin letters only. Otherwise two names could
/// look the same, and a person could approve their own batch.
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
