/// Rows as a person names them, by the numbers that Excel shows: `3,7-9`.
package struct RowSelection: Hashable, Sendable {
    private let ranges: [ClosedRange<Int>]

    /// `nil` for anything else.
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
