import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// A line of a batch's or a row's history.
struct EventShown {
    let time, machineTime, who, line: String
    let change: String?
    /// Where it stands among the events of the whole batch.
    let ofRow: RowLink?

    struct RowLink {
        let eventHref, eventRow: String
    }

    /// - Parameters:
    ///   - path: of the batch, where it is not plain which row is meant.
    ///   - hidesSums: whether it is for somebody who is to know them from elsewhere.
    init(
        _ event: RecordedEvent, in desk: Desk, _ w: Wording, report: Report, path: String? = nil,
        hidesSums: Bool = false
    ) {
        ofRow = path.flatMap { path in
            event.row.map { RowLink(eventHref: "\(path)/rows/\($0)", eventRow: w("rowTitle", ["row": "\($0)"])) }
        }
        time = desk.figures.dateTimeSeconds(event.at)
        machineTime = desk.figures.machine(event.at)
        who = Desk.person(event.who)
        // A batch as a whole has no state of its own.
        change =
            event.from == nil && event.id == nil
            ? nil
            : event.to.map { to in
                let name = to == .sending ? w("event.sending") : desk.words(w.language).state(to)
                return name.firstUppercased
            }
        line = Self.text(event.why, w, report, hidesSums: hidesSums)
    }

    /// `pan 860006******6311 → 986000******0018, exp, amount 100 tiyin → 200 tiyin`, in the words of the page.
    static func correction(_ text: String, _ w: Wording, hidesSums: Bool) -> String {
        text.components(separatedBy: ", ").map { change in
            let parts = change.split(separator: " ", maxSplits: 1)
            guard let column = parts.first.flatMap({ Column(rawValue: String($0)) }) else { return change }
            guard parts.count == 2 else { return w("newExpiryGiven") }
            if column == .amount, hidesSums { return w("newAmountGiven") }
            let values = parts[1].components(separatedBy: " → ").map { value in
                value.hasSuffix(" tiyin") ? Int64(value.dropLast(6)).map { Figures.amount(Tiyin($0)) } ?? value : value
            }
            let name =
                switch column {
                case .pan: w("card")
                case .account: w("senderAccount")
                case .mfo: w("mfo")
                default: w("sumInSom")
                }
            return "\(name) \(values.joined(separator: " → "))"
        }.joined(separator: ", ")
    }

    /// Every cause that the log can name, in the words of the page.
    static func text(_ cause: EventCause, _ w: Wording, _ report: Report, hidesSums: Bool = false) -> String {
        func totals(_ totals: ControlTotals) -> String {
            w("rowsForSum", count: totals.rows, ["sum": Figures.amount(totals.sum)])
        }
        func said(_ code: ReasonCode) -> String { report.text(of: Reason(code)) }
        switch cause {
        case .imported where hidesSums: return w("event.importedHidden")
        case .approved where hidesSums: return w("event.approvedHidden")
        case .imported(let sum): return w("event.imported", ["text": totals(sum)])
        case .approved(let sum): return w("event.approved", ["text": totals(sum)])
        case .bound(let bank): return w("event.bound", ["text": report.name(ofBank: bank)])
        case .bankMoved(let old, let new):
            return w("event.bankMoved", ["from": report.name(ofBank: old), "to": report.name(ofBank: new)])
        case .asksFirst: return w("event.asksFirst")
        case .warningsAccepted(let warnings): return w("event.accepted", ["text": text(of: warnings, w)])
        case .correctedInSpite(let warnings): return w("event.correctedInSpite", ["text": text(of: warnings, w)])
        case .corrected(let changes):
            return w("event.corrected", ["text": correction(changes, w, hidesSums: hidesSums)])
        case .paused(let code): return w("event.paused", ["text": said(code)])
        case .resumed: return w("event.resumed")
        case .clockSet: return w("event.clockSet")
        case .note(let note): return w("event.person", ["text": note])
        case .asked(let asking, let code):
            let asked =
                switch asking {
                case .aboutUnknown: w("event.askedAboutUnknown")
                case .beforeSending: w("event.askedBeforeSending")
                case .beforeRerun: w("event.askedBeforeRerun")
                }
            return asked + (code.map { ": " + said($0) } ?? "")
        case .putRight(let rows): return w("event.putRight", count: rows)
        case .attemptOfLostLedger: return w("event.attemptOfLostLedger")
        case .reason(let code): return said(code)
        // It stands beside the line already.
        case .state: return ""
        }
    }

    private static func text(of warnings: EventCause.Warnings, _ w: Wording) -> String {
        let kinds = w.kinds(of: warnings.kinds)
        return kinds.isEmpty ? Figures.number(warnings.count) : kinds.joined(separator: "; ")
    }
}
