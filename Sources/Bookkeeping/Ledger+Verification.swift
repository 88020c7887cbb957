import GRDB
import Payouts

extension Ledger {
    /// Looks for what must never be: damage in the file, a state that the event log does not lead to, a change that no
    /// transition allows, parts that are not the whole.
    ///
    /// - Returns: a sentence for each; empty where the ledger is sound.
    package func verify() throws(LedgerError) -> [String] {
        try read { db in
            var faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            faults += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map {
                "a row of \($0[0] as String) hangs loose"
            }
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch").map({ try BatchRecord($0) }) {
                let name = "batch “\(batch.reference)”"
                if try !statement(of: batch.id, in: db).addsUp { faults.append("\(name) does not add up") }
                faults += try replay(batch.id, in: db).map { "\(name): \($0)" }
            }
            return faults
        }
    }

    /// The number of the last migration of the tables.
    package func version() throws(LedgerError) -> Int {
        try read { db in try LedgerSchema.migrator.appliedIdentifiers(db).count }
    }

    /// Follows the event log from the import and compares where it leads with what the ledger says.
    private func replay(_ batch: BatchID, in db: Database) throws -> [String] {
        var faults: [String] = []
        var states: [Int: PayoutState] = [:]
        var claims: [Int64: Int] = [:]
        let events = try Row.fetchCursor(
            db, sql: "SELECT * FROM event WHERE batchID = ? AND toState IS NOT NULL AND row IS NOT NULL ORDER BY id",
            arguments: [batch.number])
        while let event = try events.next() {
            let row: Int = event["row"]
            let from = try PayoutState(rawValue: event["fromState"]).orDamaged("a state cannot be read")
            let to = try PayoutState(rawValue: event["toState"]).orDamaged("a state cannot be read")
            if from != states[row] ?? .queued { faults.append("row \(row): an event before its \(to) is missing") }
            if !from.successors.contains(to) { faults.append("row \(row) went from \(from) to \(to)") }
            states[row] = to
            if to == .sending { claims[event["agentTranID"], default: 0] += 1 }
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT payout.row, payout.state, attempt.agentTranID, attempt.sends FROM payout
                LEFT JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                WHERE payout.batchID = ?
                """,
            arguments: [batch.number])
        while let row = try rows.next() {
            let number: Int = row["row"]
            let state: String = row["state"]
            let replayed = states[number] ?? .queued
            if replayed.rawValue != state { faults.append("row \(number) is \(state), and the events say \(replayed)") }
            guard let id: Int64 = row["agentTranID"] else {
                faults.append("row \(number) has no attempt")
                continue
            }
            if claims[id, default: 0] != row["sends"] { faults.append("row \(number): its sends are not its claims") }
        }
        return faults
    }
}

extension PayoutState {
    /// The states that some transition leads to from here.
    var successors: Set<PayoutState> {
        switch self {
        case .queued: [.sending, .paid, .refused, .unknown, .review, .withdrawn]
        case .sending: [.queued, .paid, .refused, .unknown, .review]
        case .unknown: [.queued, .paid, .refused, .review]
        case .refused: [.queued, .paid, .unknown, .review, .withdrawn]
        case .review: [.paid, .refused]
        case .paid, .withdrawn: []
        }
    }
}
