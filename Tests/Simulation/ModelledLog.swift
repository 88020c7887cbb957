import Fixtures
import Foundation
import GRDB
import Payouts

/// Follows the events of each row along the arcs of the model (`Model/arcs.pml`). It knows nothing of the program: an
/// event log that the model cannot have written is a fault, even if the program allows it.
package struct ModelledLog {
    /// An event of the ledger, as its table has it.
    package struct Event: Sendable {
        package var row: Int?
        package var id: Int64?
        package var from: String?
        package var to: String?
        package var kind: String
        package var reason: String?

        package init(
            row: Int? = nil, id: Int64? = nil, from: String? = nil, to: String? = nil, kind: String,
            reason: String? = nil
        ) {
            self.row = row
            self.id = id
            self.from = from
            self.to = to
            self.kind = kind
            self.reason = reason
        }
    }

    /// What the model knows about a row.
    private struct Row {
        var state = PayoutState.queued
        /// The latest agentTranId; `nil` until an event names it.
        var id: Int64?
        var earlierIDs: Set<Int64> = []
        var isDoubtful = false
    }

    private static let arcs = Result { try ModelArc.all() }
    private let arcs: [ModelArc]
    private var rows: [Int: Row] = [:]
    private var asksFirst = false
    private var faults: [String] = []

    private init() throws { arcs = try Self.arcs.get() }

    /// Returns what the model does not allow in the event log of a ledger; empty if it allows everything.
    package static func faults(inLedgerAt path: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        let logs = try DatabaseQueue(path: path, configuration: configuration).read { db in
            try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT batchID, row, agentTranID, fromState, toState, kind, json_extract(detail, '$.reason') AS reason
                    FROM event ORDER BY id
                    """
            ).reduce(into: [Int64: [Event]]()) { logs, event in
                logs[event["batchID"], default: []].append(
                    Event(
                        row: event["row"], id: event["agentTranID"], from: event["fromState"], to: event["toState"],
                        kind: event["kind"], reason: event["reason"]))
            }
        }
        return try logs.values.flatMap { try faults(in: $0) }
    }

    /// Returns what the model does not allow in the event log of one batch.
    package static func faults(in events: [Event]) throws -> [String] {
        var log = try ModelledLog()
        for event in events { log.follow(event) }
        return log.faults
    }

    private mutating func follow(_ event: Event) {
        guard let number = event.row else {
            if event.kind == "asksFirst" { asksFirst = true }
            return
        }
        guard let to = event.to.flatMap(PayoutState.init(rawValue:)) else { return }
        var row = rows[number, default: Row()]
        guard event.from == row.state.rawValue, let arc = arc(of: event, to: to, row) else {
            let doubt = row.isDoubtful ? ", in doubt" : ""
            faults.append(
                "the model has no arc for row \(number) (\(row.state)\(doubt), id \(row.id ?? 0)): \(event.kind) "
                    + "from \(event.from ?? "-") to \(to), id \(event.id ?? 0), \(event.reason ?? "no reason")")
            return
        }
        if arc.getsNextID {
            if let id = event.id { row.earlierIDs.insert(id) }
            row.id = nil
            row.isDoubtful = false
        } else {
            row.id = event.id
        }
        row.state = to
        switch to {
        case .unknown, .review: row.isDoubtful = true
        // “Not found” proves nothing there: a send of another ledger may be in flight.
        case .sending: row.isDoubtful = row.isDoubtful || asksFirst
        case .queued, .paid, .refused, .withdrawn: break
        }
        rows[number] = row
    }

    private func arc(of event: Event, to: PayoutState, _ row: Row) -> ModelArc? {
        guard let id = event.id, row.id == nil ? !row.earlierIDs.contains(id) : row.id == id else { return nil }
        let isDoubtful = row.isDoubtful || asksFirst && event.kind == "withdrawn"
        // A refused row that is sent again keeps its id for a reason: the bank did not know the id.
        let getsNextID = row.state == .refused && to == .queued && event.reason == nil
        return arcs.first { arc in
            arc.from == row.state && arc.to == to && arc.event == meaning(of: event) && arc.getsNextID == getsNextID
                && (arc.doubt == .any || (arc.doubt == .some) == isDoubtful)
        }
    }

    private func meaning(of event: Event) -> ModelArc.Event? {
        switch (event.kind, event.reason) {
        case ("claimed", _): .claimed
        case ("settled", "interrupted"): .takenOver
        case ("settled", "ledger_was_set_back"), ("settled", "sent_under_earlier_id"),
            ("settled", "decided_by_person"), ("settled", "withdrawn_by_person"):
            .putRight
        // The next attempt of a row that the journal has put right.
        case ("settled", nil) where event.from == "refused": .putRight
        case ("settled", _): .answered
        case ("askedAboutUnknown", _): .askedAboutUnknown
        case ("askedBeforeSending", _): .askedBeforeSending
        case ("askedBeforeRerun", _): .askedBeforeRerun
        case ("attemptOfLostLedger", _): .foundAtBank
        case ("decided", _): .decided
        case ("withdrawn", _): .withdrawn
        default: nil
        }
    }
}
