import Foundation
import PaymentValues
package import Payouts

/// Why an event came about. The log keeps it as a line of text, for whoever reads the ledger without this program; pages that
/// tell it in the reader's language read it back from there. Nothing else can be written there, so nothing comes back unknown.
package enum EventCause: Hashable, Sendable {
    case imported(ControlTotals)
    case approved(ControlTotals)
    /// To a bank, by its address, before the first row is sent.
    case bound(to: String)
    case bankMoved(from: String, to: String)
    /// The ledger was built anew, so the bank is asked about each row before it is sent.
    case asksFirst
    case warningsAccepted(Warnings)
    case correctedInSpite(of: Warnings)
    /// What of a row: `pan 860006******6311 → 986000******0018, exp, amount 100 tiyin → 200 tiyin`.
    case corrected(String)
    case paused(ReasonCode)
    case resumed
    /// Every quiet period begins anew.
    case clockSet
    /// What a person wrote who decided, cards masked.
    case note(String)
    /// The bank was asked, and where the row is not paid, for which reason.
    case asked(Asking, ReasonCode?)
    /// The ledger had forgotten sends that its send journal knows, of so many rows.
    case putRight(rows: Int)
    /// The bank knows of an attempt that was made by a ledger which is lost.
    case attemptOfLostLedger
    case reason(ReasonCode)
    /// Nothing but the new state.
    case state(PayoutState)

    /// When the bank was asked.
    package enum Asking: String, Hashable, Sendable, CaseIterable {
        case aboutUnknown = "the bank was asked"
        case beforeSending = "the bank was asked first"
        case beforeRerun = "to be sent anew: the bank was asked"
    }

    package struct Warnings: Hashable, Sendable {
        package let count: Int
        /// Empty where it is not on record which they were.
        package let kinds: [WarningKind: Int]

        package init(count: Int, kinds: [WarningKind: Int]) {
            self.count = count
            self.kinds = kinds
        }
    }
}

extension EventCause: LosslessStringConvertible {
    /// As the log has it.
    package var description: String {
        switch self {
        case .imported(let totals): Lead.imported + Self.text(of: totals)
        case .approved(let totals): Lead.approved + Self.text(of: totals)
        case .bound(let bank): Lead.bound + bank
        case .bankMoved(let old, let new): Lead.bankMoved + old + Lead.movedTo + new
        case .asksFirst: "the bank is asked about each row before it is sent"
        case .warningsAccepted(let warnings): Lead.warningsAccepted + warnings.description
        case .correctedInSpite(let warnings): Lead.correctedInSpite + warnings.description
        case .corrected(let changes): Lead.corrected + changes
        case .paused(let code): Lead.paused + code.rawValue
        case .resumed: "resumed"
        case .clockSet: "the clock was set: every quiet period begins anew"
        case .note(let note): Lead.note + note
        case .asked(let asking, let reason): asking.rawValue + (reason.map { ": \($0)" } ?? "")
        case .putRight(let rows): Lead.putRight + String(rows)
        case .attemptOfLostLedger: "an attempt of a lost ledger"
        case .reason(let code): code.rawValue
        case .state(let state): state.rawValue
        }
    }

    package init(_ description: String) {
        func rest(_ lead: String) -> String? {
            description.hasPrefix(lead) ? String(description.dropFirst(lead.count)) : nil
        }
        let fixed = [Self.asksFirst, .resumed, .clockSet, .attemptOfLostLedger].first { $0.description == description }
        if let fixed {
            self = fixed
        } else if let state = PayoutState(rawValue: description) {
            self = .state(state)
        } else if let totals = rest(Lead.imported).flatMap(Self.totals) {
            self = .imported(totals)
        } else if let totals = rest(Lead.approved).flatMap(Self.totals) {
            self = .approved(totals)
        } else if let bank = rest(Lead.bound) {
            self = .bound(to: bank)
        } else if let banks = rest(Lead.bankMoved)?.components(separatedBy: Lead.movedTo), banks.count == 2 {
            self = .bankMoved(from: banks[0], to: banks[1])
        } else if let warnings = rest(Lead.warningsAccepted).flatMap(Warnings.init) {
            self = .warningsAccepted(warnings)
        } else if let warnings = rest(Lead.correctedInSpite).flatMap(Warnings.init) {
            self = .correctedInSpite(of: warnings)
        } else if let changes = rest(Lead.corrected) {
            self = .corrected(changes)
        } else if let rows = rest(Lead.putRight).flatMap({ Int($0) }) {
            self = .putRight(rows: rows)
        } else if let code = rest(Lead.paused) {
            self = .paused(ReasonCode(rawValue: code))
        } else if let note = rest(Lead.note) {
            self = .note(note)
        } else if let asking = Asking(rawValue: description) {
            self = .asked(asking, nil)
        } else if let (asking, code) = Asking.allCases.lazy.compactMap({ asking in
            rest(asking.rawValue + ": ").map { (asking, $0) }
        }).first {
            self = .asked(asking, ReasonCode(rawValue: code))
        } else {
            self = .reason(ReasonCode(rawValue: description))
        }
    }

    private enum Lead {
        static let imported = "imported: ", approved = "approved: ", bound = "bound to the bank at "
        static let bankMoved = "the bank moved from ", movedTo = " to ", warningsAccepted = "accepted in spite of "
        static let correctedInSpite = "corrected in spite of ", corrected = "corrected: ", paused = "paused: "
        static let note = "a person: ", putRight = "put right by the send journal, rows: "
    }

    /// How the lines begin that tell of a correction.
    static let leadOfCorrections = Lead.corrected
    /// How those begin that tell what a person did to a row.
    static let leadsOfDeeds = [Lead.corrected, Lead.note, Asking.beforeRerun.rawValue]

    private static func text(of totals: ControlTotals) -> String {
        "\(totals.rows) rows, \(totals.sum.count) tiyin"
    }

    private static func totals(_ text: String) -> ControlTotals? {
        let words = text.split(separator: " ")
        guard words.count == 4, words[1] == "rows,", words[3] == "tiyin", let rows = Int(words[0]),
            let tiyin = Int64(words[2])
        else { return nil }
        return ControlTotals(rows: rows, sum: Tiyin(tiyin))
    }
}

extension EventCause.Warnings: LosslessStringConvertible {
    /// `3 warnings: amount_far_off 1, same_payment 2`
    package var description: String {
        let listed = kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        return "\(count) warnings" + (listed.isEmpty ? "" : ": " + listed.joined(separator: ", "))
    }

    package init?(_ description: String) {
        let parts = description.components(separatedBy: " warnings")
        guard parts.count == 2, let count = Int(parts[0]) else { return nil }
        self.count = count
        kinds = parts[1].drop { ": ".contains($0) }.components(separatedBy: ", ").reduce(into: [:]) { kinds, kind in
            let words = kind.split(separator: " ")
            guard words.count == 2, let kind = WarningKind(rawValue: String(words[0])) else { return }
            kinds[kind] = Int(words[1])
        }
    }
}
