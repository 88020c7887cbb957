package import Bookkeeping
import Payouts

/// The refused rows that a person wants to run again: rows by number, rows with one reason, and corrected rows.
package struct RerunChoice: Sendable {
    private let reason: ReasonCode?
    private let rows: RowSelection?
    private let corrected: Set<Int>

    /// Chooses exactly the rows that the person was shown.
    init(rows: Set<Int>) {
        (reason, self.rows, corrected) = (nil, nil, rows)
    }

    /// Reads a choice from the fields of an address.
    ///
    /// - Parameter text: the row numbers, such as `3,7-9`. It may be empty.
    /// - Throws: ``DeskRefusal/malformed`` if the row numbers cannot be read.
    init(rows text: String, reason: String, corrected: Set<Int>) throws(DeskRefusal) {
        rows = RowSelection(text)
        self.reason = reason.isEmpty ? nil : ReasonCode(rawValue: reason)
        self.corrected = corrected
        if rows == nil, !text.isEmpty { throw .malformed }
    }

    package func contains(_ payout: RefusedPayout) -> Bool {
        let row = payout.attempt.row
        return corrected.contains(row) || rows?.contains(row) == true
            || reason != nil && payout.reason?.code == reason
    }
}
