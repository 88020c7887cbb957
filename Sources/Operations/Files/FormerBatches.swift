import Bookkeeping
import Foundation
import Payouts

/// The earlier batches with which a payroll may be compared: those of the month before, or the one that a person named.
struct FormerBatches {
    /// Salaries are paid once a month, a few days earlier or later.
    private static let latest = -20 * 86_400.0
    private static let earliest = -40 * 86_400.0
    /// How many batches of that time are looked at.
    private static let most = 12
    /// How many batches before that one are searched for people who are back after a pause.
    private static let mostOlder = 24

    private let ledger: Ledger
    private let lastMonth: [BatchRecord]
    private let chosenBatch: BatchRecord?
    private let before: [BatchRecord]

    /// - Parameters:
    ///   - name: the name of the file or batch. If it says a month, a batch of the month before is one, whenever it was
    ///     imported.
    ///   - chosen: the batch that a person named.
    init(in ledger: Ledger, before now: Date, named name: String, chosen: String? = nil) throws {
        self.ledger = ledger
        before = try ledger.batches().filter { $0.importedAt < now }
        let month = PayrollMonth(in: name)
        lastMonth = before.filter { batch in
            let age = batch.importedAt.timeIntervalSince(now)
            if age >= Self.earliest, age <= Self.latest { return true }
            guard age > Self.latest, let month, let other = PayrollMonth(in: batch.reference.name) else { return false }
            return month.follows(other)
        }
        chosenBatch = try chosen.map { try ledger.batch(named: $0) }
    }

    /// Compares people with the batch that has most of them.
    ///
    /// - Returns: `nil` if no batch has at least half of them.
    func comparison(of people: [Person]) throws -> Comparison? {
        let isChosen = chosenBatch != nil
        var best: Comparison?
        var isBestSent = false
        for batch in chosenBatch.map({ [$0] }) ?? Array(lastMonth.prefix(Self.most))
        where isChosen || isSimilar(batch, to: people.count) {
            let comparison = try Comparison(
                of: people, with: batch.reference, at: batch.importedAt, former: ledger.people(of: batch.id),
                isOfLastMonth: lastMonth.contains(batch))
            guard isChosen || comparison.inBoth * 2 >= people.count else { continue }
            // Prefer a batch that was sent to one that was only stored.
            let isSent = batch.bank != nil
            guard isSent != isBestSent ? isSent : comparison.isCloser(than: best) else { continue }
            (best, isBestSent) = (comparison, isSent)
        }
        guard var best else { return nil }
        let older = before.filter { $0.importedAt < best.importedAt && isSimilar($0, to: people.count) }
        for batch in older.prefix(Self.mostOlder) where !best.newPeople.isEmpty {
            best.recognise(in: try ledger.people(of: batch.id), of: batch.reference)
        }
        return best
    }

    private func isSimilar(_ batch: BatchRecord, to count: Int) -> Bool {
        batch.totals.rows <= PeopleSearch.mostPeople && batch.totals.rows >= count / 3 && batch.totals.rows / 3 <= count
    }
}

extension Comparison {
    fileprivate func isCloser(than other: Comparison?) -> Bool {
        guard let other else { return true }
        return (inBoth, asBefore.rows) > (other.inBoth, other.asBefore.rows)
    }
}
