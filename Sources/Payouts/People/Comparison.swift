package import Foundation
package import PaymentValues

/// How the people of a payout file differ from those of an earlier batch.
///
///     let comparison = try Comparison(of: people, with: october, at: day, former: formerPeople)
package struct Comparison: Hashable, Sendable {
    package let batch: BatchReference
    /// When the earlier batch was imported.
    package let importedAt: Date
    /// Whether that batch is of the month before. If not, a person named it, and a repeat of it is no usual one.
    package let isOfLastMonth: Bool
    /// The people with the same card and amount as before.
    package private(set) var asBefore = ControlTotals.zero
    package private(set) var newPeople: [Person] = []
    /// The people who are not in the earlier batch, but in one before it.
    package private(set) var returned: [Change] = []
    package private(set) var changedCards: [Change] = []
    package private(set) var changedAmounts: [Change] = []
    /// The people of the earlier batch who are not in this file.
    package private(set) var missing: [Person] = []
    /// The rows whose card also belongs to another person of this file.
    package private(set) var sharedCards: [Person] = []
    /// The rows of people who are more often in this file than in the earlier batch.
    package private(set) var repeated: [Person] = []
    /// The new people who may be several people of the earlier batch, with another card.
    package private(set) var undecided: [Person] = []
    /// The shared cards that the same people shared before.
    package private(set) var knownSharing: Set<CardFingerprint> = []
    /// An amount that at most one in a hundred people of the earlier batch exceeds.
    package let highAmount: Tiyin
    /// The smallest and the largest amount of the earlier batch.
    package let formerAmounts: ClosedRange<Tiyin>
    /// Whether the accountant's ids identify people. In some files they number payments or lines.
    private let keysNamePeople: Bool

    /// One person, before and now.
    package struct Change: Hashable, Sendable {
        package let before: Person
        package let now: Person
        /// The batch that the person was in before.
        package let batch: BatchReference
        /// All that the person got in that batch, and gets now.
        package var sums: Sums

        package struct Sums: Hashable, Sendable {
            package let before, now: Tiyin
        }
    }

    /// The number of people who are in both.
    package var inBoth: Int { asBefore.rows + changedCards.count + changedAmounts.count }

    /// Compares a file with an earlier batch.
    ///
    /// The same card is the same person, unless the two sides name different people. Another card is the same person only
    /// if one row of each side has that id or name: two people can have one name, and then nothing is guessed.
    ///
    /// - Throws: `Tiyin.Overflow`
    package init(
        of people: [Person], with batch: BatchReference, at importedAt: Date, former: [Person],
        isOfLastMonth: Bool = true
    ) throws(Tiyin.Overflow) {
        self.batch = batch
        self.isOfLastMonth = isOfLastMonth
        self.importedAt = importedAt
        let amounts = former.map(\.amount).sorted()
        highAmount = amounts.isEmpty ? .zero : amounts[(amounts.count * 99 + 99) / 100 - 1]
        formerAmounts = (amounts.first ?? .zero)...(amounts.last ?? .zero)
        keysNamePeople = Self.keysNamePeople(people, former)
        let who = Self.identity(byKey: keysNamePeople)
        var matching = Matching(people, former)
        // The closest matches come first, so that a person with two rows keeps each amount.
        var same = matching.pairs { person in
            who(person).map { Seen(card: person.card, who: $0, amount: person.amount) }
        }
        same += matching.pairs { person in who(person).map { Seen(card: person.card, who: $0) } }
        same += matching.pairs { person in Self.name(person).map { Seen(card: person.card, who: $0) } }
        let (sumsNow, sumsBefore) = (try Sums(of: people, who), try Sums(of: former, who))
        func change(_ before: Person, _ now: Person) -> Change {
            Change(
                before: before, now: now, batch: batch,
                sums: .init(before: sumsBefore[before], now: sumsNow[now]))
        }
        let moved =
            matching.uniquePairs(by: who)
            + matching.uniquePairs(by: Self.name) { now, before in now.key == nil || before.key == nil }
        same += matching.pairs(by: { who($0) == nil ? $0.card : nil }, former: \.card)
        same += matching.pairs(by: \.card, former: { who($0) == nil ? $0.card : nil })
        for (now, before) in same {
            if now.amount == before.amount {
                try asBefore.add(now.amount)
            } else {
                changedAmounts.append(change(before, now))
            }
        }
        changedCards = moved.map { change($0.before, $0.now) }
        let left = Set(matching.former.compactMap(who))
        undecided = matching.people.filter { who($0).map(left.contains) ?? false }
        // Another row of a person who is on both sides makes nobody new or missing.
        let (known, present) = (Self.seen(former, who), Self.seen(people, who))
        newPeople = matching.people.filter { person in
            guard let who = who(person) else { return true }
            return !left.contains(who) && !known.contains(Seen(card: person.card, who: who))
        }
        missing = matching.former.filter { person in
            who(person).map { !present.contains(Seen(card: person.card, who: $0)) } ?? true
        }
        let sharing = Self.sharing(former, who)
        let shared = Self.sharing(people, who)
        sharedCards = people.filter { shared[$0.card] != nil }
        knownSharing = Set(shared.filter { sharing[$0.key]?.isSuperset(of: $0.value) ?? false }.keys)
        repeated = Self.repeated(people, former, who)
        sort()
    }

    /// Finds new people in a batch before the earlier one: they are back after a pause.
    package mutating func recognise(in older: [Person], of batch: BatchReference) {
        let who = Self.identity(byKey: keysNamePeople)
        var matching = Matching(newPeople, older)
        let same = matching.pairs { person in who(person).map { Seen(card: person.card, who: $0) } }
        let moved = matching.uniquePairs(by: who)
        let unnamed = matching.pairs(by: { who($0) == nil ? $0.card : nil }, former: \.card)
        func change(_ pair: Matching.Pair) -> Change {
            Change(
                before: pair.before, now: pair.now, batch: batch,
                sums: .init(before: pair.before.amount, now: pair.now.amount))
        }
        returned += (same + moved + unnamed).map(change)
        changedCards += moved.map(change)
        newPeople = matching.people
        sort()
    }

    /// Returns the people of one file whose card also belongs to another person of it.
    package static func sharing(_ people: [Person]) -> [Person] {
        let shared = sharing(people, identity(byKey: false))
        return people.filter { shared[$0.card] != nil }
    }

    private mutating func sort() {
        changedAmounts.sort { $0.now.row < $1.now.row }
        changedCards.sort { $0.now.row < $1.now.row }
        returned.sort { $0.now.row < $1.now.row }
    }
}

extension Comparison {
    /// The words by which one file names the same person as another.
    private enum Identity: Hashable {
        case key(String)
        /// Two people can have the same name.
        case name(String)
    }

    /// The parts of a row by which it is found again.
    private struct Seen: Hashable {
        let card: CardFingerprint
        let who: Identity
        var amount: Tiyin?
    }

    /// Adds up the rows of each person on one side.
    private struct Sums {
        private var sums: [Identity: Tiyin] = [:]
        private let who: (Person) -> Identity?

        init(of people: [Person], _ who: @escaping (Person) -> Identity?) throws(Tiyin.Overflow) {
            self.who = who
            for person in people {
                guard let who = who(person) else { continue }
                sums[who] = try (sums[who] ?? .zero).adding(person.amount)
            }
        }

        subscript(person: Person) -> Tiyin { who(person).flatMap { sums[$0] } ?? person.amount }
    }

    private static func seen(_ people: [Person], _ who: (Person) -> Identity?) -> Set<Seen> {
        Set(people.compactMap { person in who(person).map { Seen(card: person.card, who: $0) } })
    }

    private static func name(_ person: Person) -> Identity? {
        person.foldedName.isEmpty ? nil : .name(person.foldedName)
    }

    private static func identity(byKey: Bool) -> (Person) -> Identity? {
        guard byKey else { return name }
        return { person in
            if let key = person.key { return .key(key) }
            return name(person)
        }
    }

    /// Accountants also number payments or lines. Such a number belongs to somebody else next time. So ids name people only
    /// if most of the same ids come with the same card or name.
    private static func keysNamePeople(_ people: [Person], _ former: [Person]) -> Bool {
        var before: [String: Person] = [:]
        for person in former { if let key = person.key { before[key] = person } }
        var (same, agreeing) = (0, 0)
        for person in people {
            guard let other = person.key.flatMap({ before[$0] }) else { continue }
            same += 1
            let hasItsName = !person.foldedName.isEmpty && person.foldedName == other.foldedName
            if person.card == other.card || hasItsName { agreeing += 1 }
        }
        return same > 0 && agreeing * 2 >= same
    }

    /// Returns who shares each card that several people have.
    private static func sharing(
        _ people: [Person], _ who: (Person) -> Identity?
    ) -> [CardFingerprint: Set<Identity>] {
        var first: [CardFingerprint: Identity] = [:]
        var shared: [CardFingerprint: Set<Identity>] = [:]
        for person in people {
            guard let who = who(person) else { continue }
            guard let other = first[person.card] else {
                first[person.card] = who
                continue
            }
            if other != who { shared[person.card, default: [other]].insert(who) }
        }
        return shared
    }

    private static func repeated(
        _ people: [Person], _ former: [Person], _ who: (Person) -> Identity?
    ) -> [Person] {
        func counts(_ people: [Person]) -> [Identity: Int] {
            people.reduce(into: [:]) { counts, person in if let who = who(person) { counts[who, default: 0] += 1 } }
        }
        let now = counts(people).filter { $0.value > 1 }
        if now.isEmpty { return [] }
        let before = counts(former)
        return people.filter { person in
            guard let who = who(person), let count = now[who] else { return false }
            return count > max(before[who] ?? 0, 1)
        }
    }
}

/// The people of both sides who are not paired yet, in the order of their rows.
private struct Matching {
    typealias Pair = (now: Person, before: Person)

    private(set) var people: [Person]
    private(set) var former: [Person]

    init(_ people: [Person], _ former: [Person]) {
        (self.people, self.former) = (people, former)
    }

    /// Pairs people with equal keys, the first with the first. `nil` is no key.
    mutating func pairs<Key: Hashable>(by key: (Person) -> Key?) -> [Pair] {
        pairs(by: key, former: key)
    }

    mutating func pairs<Key: Hashable>(by key: (Person) -> Key?, former formerKey: (Person) -> Key?) -> [Pair] {
        var waiting: [Key: [Int]] = [:]
        for (place, person) in former.enumerated().reversed() {
            if let key = formerKey(person) { waiting[key, default: []].append(place) }
        }
        return take { person in key(person).flatMap { waiting[$0]?.popLast() } }
    }

    /// Pairs people with equal keys where each side has the key once.
    mutating func uniquePairs<Key: Hashable>(
        by key: (Person) -> Key?, where isPair: (Person, Person) -> Bool = { _, _ in true }
    ) -> [Pair] {
        let counts = people.compactMap(key).reduce(into: [Key: Int]()) { $0[$1, default: 0] += 1 }
        var places: [Key: [Int]] = [:]
        for (place, person) in former.enumerated() {
            if let key = key(person) { places[key, default: []].append(place) }
        }
        let former = former
        return take { person in
            guard let key = key(person), counts[key] == 1, let found = places[key], found.count == 1,
                isPair(person, former[found[0]])
            else { return nil }
            return found[0]
        }
    }

    private mutating func take(_ partner: (Person) -> Int?) -> [Pair] {
        if people.isEmpty || former.isEmpty { return [] }
        var (pairs, left, taken): ([Pair], [Person], Set<Int>) = ([], [], [])
        for person in people {
            if let place = partner(person) {
                pairs.append((person, former[place]))
                taken.insert(place)
            } else {
                left.append(person)
            }
        }
        people = left
        if !taken.isEmpty { former = former.enumerated().filter { !taken.contains($0.offset) }.map(\.element) }
        return pairs
    }
}
