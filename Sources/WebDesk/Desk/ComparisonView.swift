import Foundation
import Operations
import Payouts
import Reports

/// The comparison with last time, for a page.
struct ComparisonView {
    let comparisonTitle: String
    let lines: [Line]

    struct Line {
        let comparisonText: String
        let named: Named?
    }

    struct Named {
        let people: [String]
    }

    /// Makes the view.
    /// - Parameter hidesTotals: whether the viewer must take the totals from their own source.
    init(_ comparison: Comparison, in w: Wording, timeZone: TimeZone, hidesTotals: Bool = false) {
        let text = ComparisonText(
            comparison, in: w.language, timeZone: timeZone, mostPeople: 200, hidesTotals: hidesTotals)
        comparisonTitle = text.title.firstUppercased
        lines = text.lines.map { line in
            Line(
                comparisonText: line.text.firstUppercased,
                named: line.people.isEmpty ? nil : Named(people: line.people.map(\.firstUppercased)))
        }
    }
}
