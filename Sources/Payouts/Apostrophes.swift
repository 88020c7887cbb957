/// The signs that people type for the apostrophe of Uzbek: `Jo‘rayeva`, `Jo'rayeva`.
package enum Apostrophes {
    package static let others = ["‘", "’", "ʻ", "ʼ", "`"]
    /// The one on the keyboard.
    package static let plain = "'"

    /// Replaces every apostrophe with the one on the keyboard, for a comparison.
    package static func folded(_ text: String) -> String {
        others.reduce(text) { $0.replacing($1, with: plain) }
    }
}
