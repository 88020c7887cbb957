package import Bookkeeping
import Payouts

/// Which refused rows a person wants run again: those that she named, those of one reason, and those that she corrected.
package struct RerunChoice: Sendable {
    private let reason: ReasonCode?
    private let rows: RowSelection?
    private let corrected: Set<Int>

    /// Those that a person was shown, and no others.
    init(rows: Set<Int>) {
        (reason, self.rows, corrected) = (nil, nil, rows)
    }

    /// - Parameter text: as it stands in an address: `3,7-9`.
    /// - Throws: ``DeskRefusal/malformed``
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
