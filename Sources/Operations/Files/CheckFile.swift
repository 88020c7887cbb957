import Bookkeeping
import Foundation
package import PaymentValues
package import PayoutFiles
package import Payouts
import Processing

/// Reads and checks a payout file. It stores and sends nothing.
package struct CheckFile: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Checks a file. If there is a ledger that opens, it also compares the file with the ledger.
    package func run(_ path: String) throws(OperationError) -> CheckedFile {
        try OperationError.classifying {
            let ledger = ledgerToLookInto()
            let checked = try run(path, in: ledger)
            try ledger?.close()
            return checked
        }
    }

    /// Checks a file and compares it with the ledger.
    ///
    /// - Parameter name: the name of the file, if it differs from the name on disk.
    package func run(_ path: String, named name: String) throws(OperationError) -> CheckedFile {
        try context.withLedger { ledger in try run(path, named: name, in: ledger) }
    }

    /// Checks a file.
    /// - Parameter isStaged: whether to stage the rows for an import.
    func run(
        _ path: String, named name: String? = nil, in ledger: Ledger?, isStaged: Bool = false
    ) throws -> CheckedFile {
        var options = context.fileOptions
        if options.choices.originals.isEmpty {
            options.choices.originals = [URL(fileURLWithPath: path).deletingLastPathComponent().path]
        }
        return try CheckedFile(
            path, named: name, options: options, ledger: ledger, now: context.time.now(),
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
    /// The current rules for checking a file.
    package var fileOptions: PayoutFileOptions {
        let today = calendar.dateComponents([.year, .month], from: time.now())
        guard let month = today.month, let year = today.year else { preconditionFailure("every date has a month") }
        var options = PayoutFileOptions(
            month: month, year: year, maximumRow: rules.limits.row, maximumBatch: rules.limits.batch)
        options.choices = choices
        return options
    }
}

/// The totals that another source expects, such as the payroll program.
package struct ExpectedTotals: Hashable, Sendable {
    package let rows: Int?
    package let sum: Tiyin?

    package init(rows: Int? = nil, sum: Tiyin? = nil) {
        self.rows = rows
        self.sum = sum
    }

    /// Compares the actual totals with the expected ones.
    ///
    /// - Throws: ``OperationError/otherTotals(of:actual:expected:)``
    package func demand(_ actual: ControlTotals, of owner: TotalsOwner) throws(OperationError) {
        guard rows ?? actual.rows == actual.rows, sum ?? actual.sum == actual.sum else {
            throw .otherTotals(of: owner, actual: actual, expected: self)
        }
    }
}
