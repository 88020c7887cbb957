/// The headings of a file, as later files of the same sender have them. Letters that look alike, spaces and punctuation make
/// no difference.
package struct HeadingsKey: Hashable, Sendable {
    package let text: String

    /// - Returns: `nil` if a field has as many digits as an account, a card or an amount. It is data then, which must not
    ///   be remembered.
    init?(_ fields: [String]) {
        let isHeading = fields.allSatisfy { $0.unicodeScalars.count { $0.properties.numericType != nil } < 5 }
        guard isHeading, fields.contains(where: { !$0.isEmpty }) else { return nil }
        text = fields.map(LetterFold.key).joined(separator: "|")
    }

    /// Takes a key that was remembered.
    package init(remembered text: String) {
        self.text = text
    }
}
