import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Reports

/// A line of a batch's or a row's history.
struct EventShown {
    let time, machineTime, who, line: String
    let change: String?

    init(_ event: RecordedEvent, in desk: Desk, _ w: Wording, report: Report) {
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
        line = Self.text(event.why, w, report)
    }

    /// `60 rows, 52655612167 tiyin`, as the log has control totals.
    private static func totals(_ text: String, _ w: Wording) -> String {
        let words = text.split(separator: " ")
        guard words.count == 4, words[1] == "rows,", words[3] == "tiyin", let rows = Int(words[0]),
            let tiyin = Int64(words[2])
        else { return text }
        return w("rowsForSum", count: rows, ["sum": Figures.amount(Tiyin(tiyin))])
    }

    /// `pan 860006******6311 → 986000******0018, exp, amount 100 tiyin → 200 tiyin`, in the words of the page.
    private static func correction(_ text: String, _ w: Wording) -> String {
        text.components(separatedBy: ", ").map { change in
            let parts = change.split(separator: " ", maxSplits: 1)
            guard let column = parts.first.flatMap({ Column(rawValue: String($0)) }) else { return change }
            guard parts.count == 2 else { return w("newExpiryGiven") }
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

    /// The log keeps codes and English sentences of few kinds.
    private static func text(_ why: String, _ w: Wording, _ report: Report) -> String {
        if PayoutState(rawValue: why) != nil { return "" }
        for (beginning, key) in [
            ("a person: ", "event.person"), ("approved: ", "event.approved"),
            ("imported: ", "event.imported"), ("bound to the bank at ", "event.bound"),
            ("accepted in spite of ", "event.accepted"), ("to be sent anew: the bank was asked", "event.asked"),
        ] where why.hasPrefix(beginning) {
            return w(key, ["text": totals(String(why.dropFirst(beginning.count)), w)])
        }
        if why.hasPrefix("corrected: ") {
            return w("event.corrected", ["text": correction(String(why.dropFirst("corrected: ".count)), w)])
        }
        if why == "resumed" { return w("event.resumed") }
        let code = why.hasPrefix("paused: ") ? String(why.dropFirst("paused: ".count)) : why
        let said = report.text(of: Reason(ReasonCode(rawValue: code)))
        return why.hasPrefix("paused: ") ? w("event.paused", ["text": said]) : said
    }
}
