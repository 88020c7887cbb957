import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// The ticks by which a person accepts warnings: one for each kind, and one for each person with another card.
struct AcceptanceView {
    /// The largest number of people with a tick each. More people share one tick.
    private static let mostPeople = 200

    let warningCount: Int
    let ticks: [Tick]

    struct Tick {
        let tickName, tickText: String
    }

    /// Makes the ticks.
    /// - Parameter comparison: the comparison that names the people with other cards.
    init(_ warnings: [WarningKind: Int], _ comparison: Comparison?, in w: Wording) {
        warningCount = warnings.values.reduce(0, +)
        let cards = Self.cards(comparison, in: w)
        let isEachNamed = cards.count == warnings[.changedCard] && cards.count <= Self.mostPeople
        let kinds = WarningKind.allCases.compactMap { kind -> Tick? in
            guard let count = warnings[kind], kind != .changedCard || !isEachNamed else { return nil }
            let name = Words.of(w.language).warningKinds[kind] ?? kind.rawValue
            return Tick(
                tickName: "accept-\(kind.option)",
                tickText: w("acceptKind", ["kind": name, "n": Figures.number(count)]))
        }
        ticks = kinds + (isEachNamed ? cards : [])
    }

    /// Whether a form has all the ticks.
    func isGiven(in form: Form) -> Bool { ticks.allSatisfy { form[$0.tickName] == "yes" } }

    /// The name of the field that accepts another card in a row.
    static func name(ofCardIn row: Int) -> String { "accept-card-\(row)" }

    private static func cards(_ comparison: Comparison?, in w: Wording) -> [Tick] {
        guard let comparison else { return [] }
        let changed = comparison.changedCards.map { change in
            Tick(
                tickName: name(ofCardIn: change.now.row),
                tickText: w(
                    "acceptCard",
                    [
                        "row": "\(change.now.row)", "who": change.now.shownName ?? "", "old": change.before.maskedCard,
                        "new": change.now.maskedCard,
                    ]))
        }
        let unclear = comparison.undecided.map { person in
            Tick(
                tickName: name(ofCardIn: person.row),
                tickText: w(
                    "acceptUnclearCard",
                    ["row": "\(person.row)", "who": person.shownName ?? "", "new": person.maskedCard]))
        }
        return changed + unclear
    }
}
