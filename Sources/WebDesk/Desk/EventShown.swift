import Bookkeeping
import Foundation
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
        line = Wording.typographic(report.text(of: event.why, hidesSums: hidesSums))
    }
}
