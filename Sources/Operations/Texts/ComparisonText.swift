package import Foundation
import PaymentValues
package import Payouts
import Reports

/// The comparison of a payroll with last time, as a title and a few quiet lines. Each line names its people.
package struct ComparisonText: Sendable {
    package let title: String
    /// The line of the unchanged people comes first. Lines without people are left out.
    package let lines: [Line]

    package struct Line: Sendable {
        package let text: String
        /// The people, as many as are shown.
        package let people: [String]
    }

    /// Makes the text.
    /// - Parameters:
    ///   - mostPeople: how many people each line names.
    ///   - hidesTotals: whether the reader must take the totals from another source.
    package init(
        _ comparison: Comparison, in language: Language, timeZone: TimeZone, mostPeople: Int = 10,
        hidesTotals: Bool = false
    ) {
        let words = TextCatalogue.ofCommands(language)
        let day = String(comparison.importedAt.stamp(in: timeZone).prefix(10))
        title = words("comparison.title", ["batch": comparison.batch.name, "day": day])
        let writer = Writer(words: words, mostPeople: mostPeople)
        let unchanged = comparison.asBefore
        let asBefore =
            hidesTotals
            ? words("comparison.othersAsBefore")
            : words("comparison.asBefore", count: unchanged.rows, ["sum": unchanged.sum.description])
        lines =
            (unchanged.rows > 0 ? [Line(text: asBefore, people: [])] : [])
            + [
                writer.line("comparison.newPeople", comparison.newPeople, writer.person),
                writer.line("comparison.returned", comparison.returned, writer.returned),
                writer.line("comparison.changedCards", comparison.changedCards, writer.card),
                writer.line("comparison.undecided", comparison.undecided, writer.person),
                writer.line("comparison.changedAmounts", comparison.changedAmounts, writer.amount),
                writer.line("comparison.missing", comparison.missing, writer.missing),
                writer.line("comparison.sharedCards", comparison.sharedCards, writer.person),
                writer.line("comparison.repeated", comparison.repeated, writer.person),
            ].compactMap(\.self)
    }

    /// The title and the lines, for a terminal.
    package var text: String {
        ([title] + lines.flatMap { line in ["  " + line.text] + line.people.map { "    " + $0 } })
            .joined(separator: "\n")
    }
}

/// Writes the lines of a comparison.
private struct Writer {
    let words: TextCatalogue
    let mostPeople: Int

    func line<Entry>(
        _ key: String, _ entries: [Entry], _ text: (Entry) -> String
    ) -> ComparisonText.Line? {
        if entries.isEmpty { return nil }
        let more = entries.count - mostPeople
        return ComparisonText.Line(
            text: words(key, count: entries.count),
            people: entries.prefix(mostPeople).map { text($0).showingAll }
                + (more > 0 ? [words("comparison.more", count: more)] : []))
    }

    func person(_ person: Person) -> String {
        about(person, words("comparison.person", ["card": person.maskedCard, "sum": person.amount.description]))
    }

    /// Someone who is in the earlier batch only. Its row is in another file.
    func missing(_ person: Person) -> String {
        person.shownName ?? person.maskedCard
    }

    func card(_ change: Comparison.Change) -> String {
        about(
            change.now,
            words("comparison.card", ["old": change.before.maskedCard, "new": change.now.maskedCard]))
    }

    func amount(_ change: Comparison.Change) -> String {
        let (now, before) = (Double(change.now.amount.count), Double(change.before.amount.count))
        let percent = Int((min(max(now / before - 1, -1), 10_000) * 100).rounded())
        return about(
            change.now,
            words(
                "comparison.amount",
                [
                    "old": change.before.amount.description, "new": change.now.amount.description,
                    "percent": (percent > 0 ? "+" : "") + String(percent),
                ]))
    }

    func returned(_ change: Comparison.Change) -> String {
        about(change.now, words("comparison.lastIn", ["batch": change.batch.name]))
    }

    private func about(_ person: Person, _ text: String) -> String {
        let row = words("comparison.row", ["row": String(person.row)])
        return ([row] + [person.shownName, text].compactMap(\.self)).joined(separator: ", ")
    }
}
