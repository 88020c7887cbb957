import Bookkeeping
package import Payouts

/// Records a person's verdict on a row: whether the bank paid it, or that it must not be paid.
package struct GiveVerdict: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    package enum Outcome: Hashable, Sendable {
        case counted
        /// The verdict counts after another person gives the same one.
        case proposed
    }

    @discardableResult
    package func run(_ verdict: RowVerdict, on row: Int, of batch: String) throws(OperationError) -> Outcome {
        try context.withLedger { ledger in
            try run(verdict, on: row, of: context.batch(named: batch, in: ledger), in: ledger)
        }
    }

    func run(_ verdict: RowVerdict, on row: Int, of batch: BatchRecord, in ledger: Ledger) throws -> Outcome {
        if context.rules.requiresSecondVerdict {
            let proposal = try ledger.proposal(ofRow: row, in: batch.id)
            guard let proposal, proposal.verdict.outcome == verdict.outcome,
                !RecordedPerson(context.person).isSame(as: proposal.who)
            else {
                try ledger.propose(verdict, row: row, of: batch.id)
                return .proposed
            }
        }
        switch verdict.outcome {
        case .paid, .notPaid:
            try ledger.decide(
                row: row, of: batch.id, isPaid: verdict.outcome == .paid, evidence: verdict.evidence, note: verdict.note
            )
        case .withdrawn: try ledger.withdraw(row: row, of: batch.id, note: verdict.note)
        }
        return .counted
    }
}
