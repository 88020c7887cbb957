/// Computes and caches the number of lines that a text takes in a cell. There are few reasons and pieces of advice, and
/// they appear in thousands of rows.
struct TextHeights {
    /// The size of the cache. There are many names, so caching them would not help.
    private static let limit = 200

    private struct Cell: Hashable {
        let text: String
        let width: Double
    }

    private var known: [Cell: Int] = [:]

    /// Returns the number of lines.
    /// - Parameter width: the width of the cell in characters.
    mutating func lines(of text: String, in width: Double) -> Int {
        // A text has at most as many characters as bytes.
        if Double(text.utf8.count) < width { return 1 }
        let cell = Cell(text: text, width: width)
        if let lines = known[cell] { return lines }
        let lines = Self.count(text, in: width)
        if known.count < Self.limit { known[cell] = lines }
        return lines
    }

    private static func count(_ text: String, in width: Double) -> Int {
        var lines = 1
        var filled = 0.0
        for word in text.split(separator: " ") {
            let length = Double(word.count) + 1
            if filled > 0, filled + length > width {
                lines += 1
                filled = 0
            }
            filled += length
            // A word that is too long is broken.
            while filled > width + 1 {
                lines += 1
                filled -= width
            }
        }
        return lines
    }
}
