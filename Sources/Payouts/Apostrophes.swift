/// The characters that people type for the Uzbek apostrophe: `Jo‘rayeva`, `Jo'rayeva`.
package enum Apostrophes {
    package static let others = ["‘", "’", "ʻ", "ʼ", "`"]
    /// The apostrophe on the keyboard.
    package static let plain = "'"

    /// Replaces every apostrophe with the one on the keyboard, so that texts can be compared.
    package static func folded(_ text: String) -> String {
        others.reduce(text) { $0.replacing($1, with: plain) }
    }
}
