/// The rows that a person named by the numbers in Excel: `3,7-9`.
package struct RowSelection: Hashable, Sendable {
    private let ranges: [ClosedRange<Int>]

    /// Parses the numbers. Returns `nil` for any other text.
    package init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
                .map { Int($0.filter { !$0.isWhitespace }) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first > 0, first <= last else {
                return nil
            }
            ranges.append(first...last)
        }
        self.ranges = ranges
    }

    package func contains(_ row: Int) -> Bool {
        ranges.contains { $0.contains(row) }
    }
}
