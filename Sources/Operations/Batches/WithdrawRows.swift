import Bookkeeping
package import Payouts

/// Withdraws rows that must not be paid: rows that were not sent, and refused rows.
package struct WithdrawRows: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Withdraws the rows.
    /// - Parameter note: the reason. The ledger keeps it with the person's name.
    @discardableResult
    package func run(
        _ rows: RowSelection, of batch: String, note: String
    ) throws(OperationError) -> (outcome: GiveVerdict.Outcome, statement: BatchStatement) {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            let chosen = try ledger.report(on: record.id) { snapshot in
                var chosen: [Int] = []
                try snapshot.forEachRow { if rows.contains($0.row) { chosen.append($0.row) } }
                return chosen
            }
            guard !chosen.isEmpty else { throw OperationError.noSuchRows(of: record.reference) }
            var outcome = GiveVerdict.Outcome.counted
            for row in chosen {
                let given = try GiveVerdict(context).run(
                    RowVerdict(.withdrawn, note: note), on: row, of: record, in: ledger)
                if given == .proposed { outcome = .proposed }
            }
            return (outcome, try ledger.statement(of: record.id))
        }
    }

    /// Withdraws one row.
    package func run(_ row: Int, of batch: String, note: String) throws(OperationError) {
        try GiveVerdict(context).run(RowVerdict(.withdrawn, note: note), on: row, of: batch)
    }
}
