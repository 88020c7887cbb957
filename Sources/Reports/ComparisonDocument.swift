import PaymentValues
package import Payouts

/// The comparison with last time in JSON. It is null without a batch to compare with. Rows are numbered as Excel numbers
/// them.
package struct ComparisonDocument: Encodable, Sendable {
    private let content: Content?

    private struct Content: Encodable {
        let with: String
        let asBefore: Part
        let newPeople, returned, changedCards, changedAmounts: [Int]
        let missing: Int
        let sharedCards, repeated, undecided: [Int]
    }

    private struct Part: Encodable {
        let people: Int
        let tiyin: Int64
    }

    package init(_ comparison: Comparison?) {
        content = comparison.map { comparison in
            Content(
                with: comparison.batch.name,
                asBefore: Part(people: comparison.asBefore.rows, tiyin: comparison.asBefore.sum.count),
                newPeople: comparison.newPeople.map(\.row), returned: comparison.returned.map(\.now.row),
                changedCards: comparison.changedCards.map(\.now.row),
                changedAmounts: comparison.changedAmounts.map(\.now.row), missing: comparison.missing.count,
                sharedCards: comparison.sharedCards.map(\.row), repeated: comparison.repeated.map(\.row),
                undecided: comparison.undecided.map(\.row))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(content)
    }
}
