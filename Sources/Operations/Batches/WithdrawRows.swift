import Bookkeeping
import Payouts

/// Takes out rows that shall not be paid: rows that were not sent, and refused ones.
package struct WithdrawRows: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// - Parameter note: why; it is kept with the person's name.
    @discardableResult
    package func run(
        _ rows: RowSelection, of batch: String, note: String
    ) throws(OperationError) -> BatchStatement {
        try context.withLedger { ledger in
            let record = try context.batch(named: batch, in: ledger)
            let chosen = try ledger.report(on: record.id) { snapshot in
                var chosen: [Int] = []
                try snapshot.forEachRow { if rows.contains($0.row) { chosen.append($0.row) } }
                return chosen
            }
            guard !chosen.isEmpty else { throw OperationError.noSuchRows(of: record.reference) }
            for row in chosen { try ledger.withdraw(row: row, of: record.id, note: note) }
            return try ledger.statement(of: record.id)
        }
    }

    /// Takes out one row.
    package func run(_ row: Int, of batch: String, note: String) throws(OperationError) {
        try context.withLedger { ledger in
            try ledger.withdraw(row: row, of: context.batch(named: batch, in: ledger).id, note: note)
        }
    }
}
