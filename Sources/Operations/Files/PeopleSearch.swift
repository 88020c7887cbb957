import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts

/// Collects the people of a payout file, and compares them with those of last time.
struct PeopleSearch {
    /// A file with more people is not compared, so that the memory stays bounded.
    static let mostPeople = 100_000

    private let ledger: Ledger?
    private let former: FormerBatches?
    private var people: [Person] = []
    private var isTooLong = false
    private var places = Places()

    /// The places of the columns in the file.
    private struct Places {
        var card, amount: Int?
    }

    /// - Parameters:
    ///   - name: the name of the file. It may say a month.
    ///   - chosen: the batch that a person named for the comparison.
    init(ledger: Ledger?, now: Date, fileName name: String, chosen: String?) throws {
        self.ledger = ledger
        former = try ledger.map { try FormerBatches(in: $0, before: now, named: name, chosen: chosen) }
    }

    mutating func take(_ row: ReadRow) {
        guard let payout = row.payout, !isTooLong else { return }
        if people.isEmpty { places = Places(card: row.position(of: .pan), amount: row.position(of: .amount)) }
        guard people.count < Self.mostPeople else {
            isTooLong = true
            people = []
            return
        }
        people.append(ledger?.person(of: payout) ?? Person(of: payout))
    }

    /// Returns the comparison, if there is a batch to compare with, and the warnings about people.
    func compare() throws -> (Comparison?, FindingLog) {
        guard let comparison = try former?.comparison(of: people) else {
            var log = FindingLog()
            for person in Comparison.sharing(people) { log.add(finding(.cardShared, about: person)) }
            return (nil, log)
        }
        return (comparison, findings(in: comparison))
    }

    private func findings(in comparison: Comparison) -> FindingLog {
        var log = FindingLog()
        for change in comparison.changedCards {
            log.add(
                finding(.cardChanged(was: change.before.maskedCard, batch: change.batch), about: change.now))
        }
        for person in comparison.undecided { log.add(finding(.personUnclear(batch: comparison.batch), about: person)) }
        for change in comparison.unusualAmounts {
            log.add(
                Finding(
                    .amountUnusual(was: change.before.amount, batch: change.batch), row: change.now.row,
                    column: .amount, value: change.now.amount.description, position: places.amount))
        }
        for person in comparison.sharedCards where !comparison.knownSharing.contains(person.card) {
            log.add(finding(.cardShared, about: person))
        }
        for person in comparison.newPeople where person.amount > comparison.highAmount {
            log.add(
                Finding(
                    .newPersonHighAmount(batch: comparison.batch), row: person.row, column: .amount,
                    value: person.amount.description, position: places.amount))
        }
        return log
    }

    private func finding(_ problem: Problem, about person: Person) -> Finding {
        Finding(problem, row: person.row, column: .pan, value: person.maskedCard, position: places.card)
    }
}

extension Comparison {
    /// Someone's amount that is this many times another is a likely mistake: so‘m for tiyin, or a zero too many.
    private static let unusual: Int64 = 5

    /// The people who get far more or less than usual, in all their rows. Cashback differs each time. So where many amounts of a batch
    /// are far off, but not most of them, only those beyond all others count.
    var unusualAmounts: [Change] {
        let changes = Set(changedAmounts + changedCards + returned).sorted { $0.now.row < $1.now.row }
        let unusual = changes.filter { Self.isFar($0.sums.now, from: $0.sums.before) }
        if unusual.count <= max(3, inBoth / 10) || unusual.count * 2 >= inBoth { return unusual }
        return unusual.filter { change in
            let (now, limits) = (change.now.amount, formerAmounts)
            return !limits.contains(now) && Self.isFar(now, from: min(max(now, limits.lowerBound), limits.upperBound))
        }
    }

    private static func isFar(_ one: Tiyin, from other: Tiyin) -> Bool {
        one.count / unusual >= other.count || other.count / unusual >= one.count
    }
}

extension Person {
    /// Makes the person of a payout without a ledger. The hash of the card is good for this run only.
    fileprivate init(of payout: Payout) {
        let hash = UInt64(bitPattern: Int64(payout.card.digits.hashValue))
        self.init(
            row: payout.row, key: payout.rowKey, name: payout.name,
            card: CardFingerprint((0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) }),
            maskedCard: payout.card.masked, amount: payout.amount)
    }
}
