import Bookkeeping
import Foundation
import Payouts
import Reports

/// A line in the history of a batch or a row.
struct EventView {
    let time, machineTime, who, line: String
    let change: String?
    /// A link to the row, in the history of a batch.
    let ofRow: RowLink?

    struct RowLink {
        let eventHref, eventRow: String
    }

    /// Shows an event.
    /// - Parameters:
    ///   - path: the path of the batch, if the line must link to its row.
    ///   - hidesSums: whether the viewer is an approver, who must not see the sums.
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
        // A batch itself has no state.
        change =
            event.from == nil && event.id == nil
            ? nil
            : event.to.map { to in
                let name = to == .sending ? w("event.sending") : desk.words(w.language).state(to)
                return name.firstUppercased
            }
        line = report.text(of: event.why, hidesSums: hidesSums)
    }
}
