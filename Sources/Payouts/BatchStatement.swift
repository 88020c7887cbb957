package import Foundation
package import PaymentValues

/// A batch as it stands, and the proof that nothing of it is missing.
package struct BatchStatement: Hashable, Sendable {
    package let reference: BatchReference
    package let fileName: String
    package let digest: FileDigest
    package let importedBy: String
    package let importedAt: Date
    /// The bank to which the batch is bound, once it has been sent anything: its address, or `sandbox`.
    package let bank: String?
    /// What the file said when it was imported.
    package let file: ControlTotals
    /// What the ledger says now; a state without rows may be absent.
    package let totals: [PayoutState: ControlTotals]
    /// The sum of the bank's `commissionAmount` over the paid rows.
    package let commission: Tiyin
    package let pause: Reason?
    /// The sender accounts of the batch, each once, in order of digits.
    package let accounts: [SettlementAccount]
    /// What the file was warned of, and how often.
    package let warnings: [WarningKind: Int]
    /// Who wanted it paid all the same; `nil` where nobody did, or there was nothing to accept.
    package let warningsAcceptedBy: String?
    /// How many rows people corrected before they were run again, and by how much that changed the file's sum.
    package let corrections: Corrections
    package let approval: Approval
    /// How many people had to approve the batch when it was imported. The rules may ask for more by now.
    package let approvalsNeeded: Int
    /// Where the ledger's chain of events stood: two statements with the same one are of the same ledger at the same moment.
    package let ledgerHead: String?

    package struct Corrections: Hashable, Sendable {
        package let rows: Int
        /// Negative where less is to be paid than the file said.
        package let change: Tiyin

        package static let none = Corrections(rows: 0, change: .zero)

        package init(rows: Int, change: Tiyin) {
            self.rows = rows
            self.change = change
        }
    }

    package enum Approval: Hashable, Sendable {
        case notNeeded
        /// Nothing more is sent until enough people who did not make the batch approve it in its present form.
        ///
        /// - Parameter after: those who approved it already.
        case missing(after: [String])
        case given(by: [String])
        /// A person refused to approve the batch in its present form. Nothing more of it is sent.
        case rejected(by: String, note: String)
    }

    /// The people who approved the batch in its present form, each once.
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

    /// What is to be paid in all: the file with its corrections.
    ///
    /// - Throws: `Tiyin.Overflow`, which only a damaged ledger brings about.
    package var toPay: ControlTotals {
        get throws(Tiyin.Overflow) { ControlTotals(rows: file.rows, sum: try file.sum.adding(corrections.change)) }
    }

    package subscript(state: PayoutState) -> ControlTotals {
        totals[state] ?? .zero
    }

    /// What has not been sent, or not with any effect.
    package var notSent: ControlTotals { self[.queued] }

    /// Rows with a request on its way count as unknown: that is what they are if the program ends now.
    package var unknown: ControlTotals {
        get throws(Tiyin.Overflow) { try self[.unknown].adding(self[.sending]) }
    }

    /// What the file divides into, in the order in which people are told.
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
            // Parts whose sum cannot even be counted are not the file.
            return false
        }
    }
}
