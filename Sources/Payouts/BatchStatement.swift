package import Foundation
package import PaymentValues

/// The current state of a batch, with the totals that prove that no row is missing.
package struct BatchStatement: Hashable, Sendable {
    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let importedBy: String
    package let importedAt: Date
    /// The bank that the batch is bound to: its address, or `sandbox`. `nil` before the first row is sent.
    package let bank: String?
    /// The totals of the file when it was imported.
    package let file: ControlTotals
    /// The current totals in the ledger. A state without rows may be absent.
    package let totals: [PayoutState: ControlTotals]
    /// The total of the bank's `commissionAmount` over the paid rows.
    package let commission: Tiyin
    package let pause: Reason?
    /// The sender accounts of the batch, without duplicates, sorted by digits.
    package let accounts: [SettlementAccount]
    /// The number of warnings about the file, by kind.
    package let warnings: [WarningKind: Int]
    /// The person who accepted the warnings. `nil` if nobody did, or there were none.
    package let warningsAcceptedBy: String?
    /// The number of rows that were corrected before a rerun, and the change of the file's total.
    package let corrections: Corrections
    package let approval: Approval
    /// The number of people who must approve the batch, by the rules at its import. The present rules may require more.
    package let approvalsNeeded: Int
    /// The head of the ledger's chain of events. Two statements with the same head show the same ledger at the same
    /// moment.
    package let ledgerHead: String?

    package struct Corrections: Hashable, Sendable {
        package let rows: Int
        /// The change of the total. It is negative if the corrections lower the amounts of the file.
        package let change: Tiyin

        package static let none = Corrections(rows: 0, change: .zero)

        package init(rows: Int, change: Tiyin) {
            self.rows = rows
            self.change = change
        }
    }

    package enum Approval: Hashable, Sendable {
        case notNeeded
        /// Nothing is sent until enough other people approve the batch in its present form.
        ///
        /// - Parameter after: the people who have already approved it.
        case missing(after: [String])
        case given(by: [String])
        /// A person rejected the batch in its present form. Nothing more of it is sent.
        case rejected(by: String, note: String)
    }

    /// The people who approved the batch in its present form, without duplicates.
    package var approvers: [String] {
        switch approval {
        case .missing(let people), .given(let people): people
        case .notNeeded, .rejected: []
        }
    }

    package var isRejected: Bool {
        if case .rejected = approval { true } else { false }
    }

    package init(
        reference: BatchReference, fileName: String, digest: FileDigest, importedBy: String, importedAt: Date,
        bank: String?,
        file: ControlTotals, totals: [PayoutState: ControlTotals], commission: Tiyin, pause: Reason?,
        accounts: [SettlementAccount], warnings: [WarningKind: Int] = [:], warningsAcceptedBy: String? = nil,
        corrections: Corrections = .none, approval: Approval = .notNeeded, approvalsNeeded: Int = 0,
        ledgerHead: String? = nil
    ) {
        self.reference = reference
        self.fileName = fileName
        self.digest = digest
        self.importedBy = importedBy
        self.importedAt = importedAt
        self.bank = bank
        self.file = file
        self.totals = totals
        self.commission = commission
        self.pause = pause
        self.accounts = accounts
        self.warnings = warnings
        self.warningsAcceptedBy = warningsAcceptedBy
        self.corrections = corrections
        self.approval = approval
        self.approvalsNeeded = approvalsNeeded
        self.ledgerHead = ledgerHead
    }

    /// The total to pay: the file with its corrections.
    ///
    /// - Throws: `Tiyin.Overflow`. Only a damaged ledger causes it.
    package var toPay: ControlTotals {
        get throws(Tiyin.Overflow) { ControlTotals(rows: file.rows, sum: try file.sum.adding(corrections.change)) }
    }

    package subscript(state: PayoutState) -> ControlTotals {
        totals[state] ?? .zero
    }

    /// The rows that were not sent, or whose sends had no effect.
    package var notSent: ControlTotals { self[.queued] }

    /// The rows without a known result. A row with a request in flight counts as unknown: it would be unknown if the
    /// program ended now.
    package var unknown: ControlTotals {
        get throws(Tiyin.Overflow) { try self[.unknown].adding(self[.sending]) }
    }

    /// The parts of the file, in the order in which they are shown.
    package var parts: [(state: PayoutState, totals: ControlTotals)] {
        get throws(Tiyin.Overflow) {
            [
                (.paid, self[.paid]), (.refused, self[.refused]), (.unknown, try unknown), (.review, self[.review]),
                (.queued, notSent), (.withdrawn, self[.withdrawn]),
            ]
        }
    }

    /// Whether file and corrections = paid + refused + unknown + review + not sent + withdrawn, in rows and in tiyin.
    package var addsUp: Bool {
        do {
            return try totals.values.reduce(.zero) { try $0.adding($1) } == toPay
        } catch {
            // Parts whose total overflows cannot equal the file.
            return false
        }
    }
}
