import Foundation
import GRDB
import PaymentValues
import Payouts

/// Reads the English event texts of ledgers with schema 8. Only the upgrade needs this.
extension EventCause {
    /// Reads an old event.
    /// - Parameter row: the columns of the old table `event`.
    init(former row: Row) {
        let to: String? = row["toState"]
        self.init(
            formerText: row["why"], isWithdrawal: to == PayoutState.withdrawn.rawValue,
            isNote: row["row"] as Int64? != nil && to == nil)
    }

    /// Reads an old text.
    /// - Parameters:
    ///   - isWithdrawal: whether the event withdrew the row.
    ///   - isNote: whether the event left the row's state unchanged.
    init(formerText text: String, isWithdrawal: Bool = false, isNote: Bool = false) {
        func rest(_ lead: String) -> String? { text.hasPrefix(lead) ? String(text.dropFirst(lead.count)) : nil }
        func code(_ lead: String) -> ReasonCode? { rest(lead).map(ReasonCode.init(rawValue:)) }
        let askings: [(String, Asking)] = [
            ("the bank was asked first", .beforeSending), ("to be sent anew: the bank was asked", .beforeRerun),
            ("the bank was asked", .aboutUnknown),
        ]
        if let fixed = Self.fixedTexts[text] {
            self = fixed
        } else if PayoutState(rawValue: text) != nil {
            self = .settled(nil)
        } else if let totals = rest("imported: ").flatMap(Self.formerTotals) {
            self = .imported(totals)
        } else if let totals = rest("approved: ").flatMap(Self.formerTotals) {
            self = .approved(totals)
        } else if let bank = rest("bound to the bank at ") {
            self = .bound(to: bank)
        } else if let banks = rest("the bank moved from ")?.components(separatedBy: " to "), banks.count == 2 {
            self = .bankMoved(from: banks[0], to: banks[1])
        } else if let warnings = rest("accepted in spite of ").flatMap(Warnings.init(formerText:)) {
            self = .warningsAccepted(warnings)
        } else if let warnings = rest("corrected in spite of ").flatMap(Warnings.init(formerText:)) {
            self = .correctionWarningsAccepted(warnings)
        } else if let changes = rest("corrected: ") {
            self = .corrected(RowChanges(formerText: changes))
        } else if let rows = rest("put right by the send journal, rows: ").flatMap({ Int($0) }) {
            self = .putRight(rows: rows)
        } else if let code = code("paused: ") {
            self = .paused(code)
        } else if let note = rest("a person: ") {
            self = isWithdrawal ? .withdrawn(note: note) : .decided(note: note)
        } else if let asking = askings.first(where: { $0.0 == text }) {
            self = .asked(asking.1, nil)
        } else if let asking = askings.first(where: { text.hasPrefix($0.0 + ": ") }), let code = code(asking.0 + ": ") {
            self = .asked(asking.1, code)
        } else if isNote, text == ReasonCode.reversedAtBank.rawValue {
            self = .reversed
        } else {
            self = .settled(ReasonCode(rawValue: text))
        }
    }

    private static let fixedTexts: [String: EventCause] = [
        "the bank is asked about each row before it is sent": .asksFirst, "resumed": .resumed,
        "the clock was set: every quiet period begins anew": .clockSet,
        "an attempt of a lost ledger": .attemptOfLostLedger, PayoutState.sending.rawValue: .claimed,
    ]

    /// Reads a text such as `60 rows, 5265561216 tiyin`.
    private static func formerTotals(_ text: String) -> ControlTotals? {
        let words = text.split(separator: " ")
        guard words.count == 4, words[1] == "rows,", words[3] == "tiyin", let rows = Int(words[0]),
            let tiyin = Int64(words[2])
        else { return nil }
        return ControlTotals(rows: rows, sum: Tiyin(tiyin))
    }
}

extension EventCause.Warnings {
    /// Reads a text such as `3 warnings: amount_far_off 1, same_payment 2`.
    fileprivate init?(formerText text: String) {
        let parts = text.components(separatedBy: " warnings")
        guard parts.count == 2, let count = Int(parts[0]) else { return nil }
        let kinds = parts[1].drop { ": ".contains($0) }.components(separatedBy: ", ")
            .reduce(into: [WarningKind: Int]()) { kinds, kind in
                let words = kind.split(separator: " ")
                guard words.count == 2, let kind = WarningKind(rawValue: String(words[0])) else { return }
                kinds[kind] = Int(words[1])
            }
        self.init(count: count, kinds: kinds)
    }
}

extension RowChanges {
    /// Reads a text such as `pan 860006******6311 → 986000******0018, exp, amount 100 tiyin → 200 tiyin`.
    fileprivate init(formerText text: String) {
        self.init()
        for change in text.components(separatedBy: ", ") {
            let parts = change.split(separator: " ", maxSplits: 1).map(String.init)
            let values = parts.count == 2 ? parts[1].components(separatedBy: " → ") : []
            switch (parts.first, values.count) {
            case ("exp", 0): exp = true
            case ("account", 2): account = Change(from: values[0], to: values[1])
            case ("mfo", 2): mfo = Change(from: values[0], to: values[1])
            case ("pan", 2): pan = Change(from: values[0], to: values[1])
            case ("amount", 2):
                let tiyin = values.compactMap { Int64($0.prefix { $0 != " " }) }
                if tiyin.count == 2 { amountTiyin = Change(from: tiyin[0], to: tiyin[1]) }
            default: break
            }
        }
    }
}
