import Bookkeeping
import Foundation
package import Payouts
import Processing

/// Erases the personal data of batches that ended long ago. Sums, masked cards, the bank's ids and the history stay.
package struct ErasePersonalData: Sendable {
    let context: OperationContext
    let retention: Retention

    package init(_ context: OperationContext, after retention: Retention) {
        self.context = context
        self.retention = retention
    }

    /// What is due in one batch.
    package struct Due: Hashable, Sendable {
        package let batch: BatchReference
        /// The number of paid and withdrawn rows that lose their name and id.
        package let names: Int
        /// The refused rows to withdraw.
        package let refused: [Int]
        /// How many of the refused rows stay, because the bank must be asked about them first: the ledger was set back.
        package let kept: Int
    }

    /// What was erased.
    package struct Result: Hashable, Sendable {
        package var names: Int
        package var withdrawn: Int
        /// The withdrawals that count after another person gives the same verdict.
        package var proposed: Int

        package init(names: Int = 0, withdrawn: Int = 0, proposed: Int = 0) {
            self.names = names
            self.withdrawn = withdrawn
            self.proposed = proposed
        }
    }

    /// Finds what is due. Batches with rows that are not settled are left out.
    package func due() throws(OperationError) -> [Due] {
        try context.withLedger(for: .reading) { ledger in try due(in: ledger).map(\.due) }
    }

    /// Withdraws the refused rows that are due, and erases the names and ids that are due then.
    ///
    /// - Parameter note: the reason of the withdrawals. The ledger keeps it with the person's name.
    package func run(note: String) throws(OperationError) -> Result {
        try context.withLedger { ledger in
            var result = Result()
            for (data, due) in try due(in: ledger) {
                let batch = try context.batch(named: due.batch.name, in: ledger)
                // A withdrawal is final, so check first.
                try ledger.checkUnaltered(batch.id)
                // Before the withdrawals: they are changes, and the names would stay if the program died in between.
                if due.names > 0 { result.names += try ledger.eraseNames(of: data.batch) }
                for row in due.refused {
                    let verdict = RowVerdict(.withdrawn, note: note)
                    switch try GiveVerdict(context).run(verdict, on: row, of: batch, in: ledger) {
                    case .counted: result.withdrawn += 1
                    case .proposed: result.proposed += 1
                    }
                }
                if due.names > 0 { result.names += try ledger.eraseNames(of: data.batch) }
            }
            // Free pages and the write-ahead log still have what was erased.
            if result.names + result.withdrawn > 0 { try ledger.compact() }
            try ledger.eraseJournal()
            return result
        }
    }

    private func due(in ledger: Ledger) throws -> [(PersonalData, due: Due)] {
        try ledger.personalData().compactMap { data in
            guard !data.isOpen else { return nil }
            func isDue(_ days: Int?) -> Bool {
                guard let days else { return false }
                return data.lastChange.addingTimeInterval(Double(days) * 86_400) <= context.time.now()
            }
            let refused = isDue(retention.cardsDays) ? data.refused : []
            let due = Due(
                batch: data.reference, names: isDue(retention.namesDays) ? data.names : 0,
                refused: data.asksFirst ? [] : refused, kept: data.asksFirst ? refused.count : 0)
            return due.names == 0 && refused.isEmpty ? nil : (data, due)
        }
    }
}
