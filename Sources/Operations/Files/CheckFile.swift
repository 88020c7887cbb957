import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// Reads and checks a payout file. Nothing is stored or sent.
package struct CheckFile: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Checks a file, also against the ledger where there is one that opens.
    package func run(_ path: String) throws(OperationError) -> CheckedFile {
        try OperationError.classifying {
            let ledger = ledgerToLookInto()
            let checked = try run(path, in: ledger)
            try ledger?.close()
            return checked
        }
    }

    /// Checks a file against the ledger.
    ///
    /// - Parameter name: what the file is called, where that is not its name on the disk.
    package func run(_ path: String, named name: String) throws(OperationError) -> CheckedFile {
        try context.withLedger { ledger in try run(path, named: name, in: ledger) }
    }

    /// - Parameter isStaged: whether the file is meant to be stored.
    func run(
        _ path: String, named name: String? = nil, in ledger: Ledger?, isStaged: Bool = false
    ) throws -> CheckedFile {
        try CheckedFile(
            path, named: name, options: context.fileOptions, ledger: ledger, importedSince: context.duplicateWindow,
            staged: isStaged ? StagedPayouts(in: context.ledger.folder) : nil)
    }

    private func ledgerToLookInto() -> Ledger? {
        guard context.ledger.exists else { return nil }
        do {
            return try context.openLedger(for: .reading)
        } catch {
            context.observe(.otherBatchesNotLookedUp(error))
            return nil
        }
    }
}

extension OperationContext {
    /// What a file is checked against today.
    package var fileOptions: PayoutFileOptions {
        let today = calendar.dateComponents([.year, .month], from: time.now())
        guard let month = today.month, let year = today.year else { preconditionFailure("every date has a month") }
        return PayoutFileOptions(
            month: month, year: year, maximumRow: rules.limits.row, maximumBatch: rules.limits.batch)
    }
}

/// What somebody outside, such as the payroll program, says that a file holds.
package struct ExpectedTotals: Hashable, Sendable {
    package let rows: Int?
    package let sum: Tiyin?

    package init(rows: Int? = nil, sum: Tiyin? = nil) {
        self.rows = rows
        self.sum = sum
    }

    /// - Throws: ``OperationError/otherTotals(of:actual:expected:)``
    package func demand(_ actual: ControlTotals, of owner: TotalsOwner) throws(OperationError) {
        guard rows ?? actual.rows == actual.rows, sum ?? actual.sum == actual.sum else {
            throw .otherTotals(of: owner, actual: actual, expected: self)
        }
    }
}
