import Foundation
import GRDB
import PaymentValues
import Payouts

/// Checks that a ledger is sound. It looks for:
/// - damage in the file,
/// - records that payout did not write,
/// - states that do not follow from the event log,
/// - totals that do not add up.
struct LedgerAudit {
    let db: Database
    let seal: CardSeal

    /// The largest number of faults to report. The first fault matters most.
    private static let limit = 100

    /// Finds the faults.
    /// - Returns: one sentence per fault, with the first false record first. It is empty if the ledger is sound.
    func faults() throws -> [String] {
        var faults = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        faults += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map {
            "a row of \($0[0] as String) belongs to nothing"
        }
        let schema = try schemaFaults()
        faults += schema
        // Tables with another schema cannot be read.
        guard faults.count == schema.count, !schema.contains(where: { $0.hasPrefix("the table") }) else {
            return faults
        }
        let names = try Row.fetchAll(db, sql: "SELECT id, reference FROM batch")
            .reduce(into: [Int64: String]()) { $0[$1[0]] = $1[1] }
        let trail = try followEvents(names, &faults)
        for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id") {
            faults += try self.faults(of: batch, trail)
        }
        return Array(faults.prefix(Self.limit))
    }

    // MARK: Rules of the tables

    private func schemaFaults() throws -> [String] {
        let fresh = try DatabaseQueue()
        try LedgerSchema.migrate(fresh, LedgerTakeover(seal: seal))
        let sound = try fresh.read(Self.tables)
        let own = try Self.tables(db)
        let changed = sound.filter { own[$0.key] != $0.value }.keys.sorted().map {
            own[$0] == nil ? "the \($0) is missing" : "the \($0) was changed"
        }
        return changed + own.keys.filter { sound[$0] == nil }.sorted().map { "the \($0) is not payout's" }
    }

    /// Returns the SQL of tables, indexes and triggers, by kind and name.
    private static func tables(_ db: Database) throws -> [String: String] {
        try Row.fetchAll(db, sql: "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            .reduce(into: [:]) { $0["\($1[0] as String) \($1[1] as String)"] = $1[2] }
    }

    // MARK: The chain of events

    /// The last state of each row according to the events.
    private struct Trail {
        var states: [RowKey: PayoutState] = [:]
        /// The signed reasons of the last states.
        var reasons: [RowKey: Data] = [:]
        var receipts: [Int64: Data] = [:]
        var claims: [Int64: Int] = [:]
        /// The attempts whose sends the ledger has learned from a journal. It has no claims for those sends.
        var restored: Set<Int64> = []
        /// What the events say about each attempt that was ever unknown or in dispute.
        var pasts: [Int64: SignedPast] = [:]
        /// The times when the clock was set, by batch, each with the number of its event.
        var clockSets: [Int64: (event: Int64, at: Int64)] = [:]
        /// The evidence of events about a whole batch, by batch.
        var approvals: [Int64: [Data]] = [:]
        var corrections: [Int64: [Data]] = [:]
        var imports: [Int64: Data] = [:]
        var bindings: [Int64: Data] = [:]
        var imported: Set<Int64> = []

        struct RowKey: Hashable {
            let batch: Int64
            let row: Int64
        }
    }

    private func followEvents(_ names: [Int64: String], _ faults: inout [String]) throws -> Trail {
        var trail = Trail()
        var head = ChainHead.beginning
        let events = try Row.fetchCursor(db, sql: "SELECT * FROM event ORDER BY id")
        while let stored = try events.next() {
            let event = StoredEvent(stored)
            let signature: Data? = stored["signature"]
            let name = "event \(event.id)" + (event.row.map { " of row \($0)" } ?? "")
            if event.id != head.event + 1 { faults.append("\(name): an event before it is missing") }
            if signature != seal.records.sign(event, after: head.signature) {
                faults.append("\(name) is not as it was written, or what came before it is not")
            }
            head = ChainHead(event: event.id, signature: signature ?? Data())
            try follow(event, names, &trail, &faults)
            if faults.count > Self.limit { break }
        }
        let noted = try Row.fetchOne(db, sql: "SELECT event, signature FROM chain")
            .map { ChainHead(event: $0[0], signature: $0[1]) }
        if noted == nil { faults.append("the record of the last event is missing") }
        if faults.count <= Self.limit, let noted, noted != head {
            faults.append("the last event is \(head.event), but \(noted.event) was the last one written")
        }
        return trail
    }

    private func follow(
        _ event: StoredEvent, _ names: [Int64: String], _ trail: inout Trail, _ faults: inout [String]
    ) throws {
        guard let row = event.row else {
            switch EventKind(rawValue: event.kind) {
            case .imported:
                trail.imported.insert(event.batch)
                trail.imports[event.batch] = event.evidence
            case .approved:
                if let evidence = event.evidence { trail.approvals[event.batch, default: []].append(evidence) }
            case .bound, .bankMoved: trail.bindings[event.batch] = event.evidence
            case .clockSet: trail.clockSets[event.batch] = (event.id, event.at)
            default: break
            }
            return
        }
        let key = Trail.RowKey(batch: event.batch, row: row)
        if let evidence = event.evidence {
            if event.kind == EventKind.corrected.rawValue {
                trail.corrections[event.batch, default: []].append(evidence)
            }
            if event.to == nil, trail.states[key] == .paid { trail.reasons[key] = evidence }
        }
        guard let toState = event.to else { return }
        let from = try PayoutState(rawValue: event.from ?? "").orDamaged("a state cannot be read")
        let to = try PayoutState(rawValue: toState).orDamaged("a state cannot be read")
        var name: String { "batch “\(names[event.batch] ?? "\(event.batch)")”: row \(row)" }
        if from != trail.states[key] ?? .queued { faults.append("\(name): an event before its \(to) is missing") }
        if !from.successors.contains(to) { faults.append("\(name) went from \(from) to \(to)") }
        trail.states[key] = to
        trail.reasons[key] = to == .paid ? nil : event.evidence
        guard let id = event.agentTranID else { return }
        if event.evidence == evidenceOfSetBack { trail.restored.insert(id) }
        switch to {
        case .sending:
            trail.claims[id, default: 0] += 1
            trail.pasts[id]?.take(event)
        case .paid: trail.receipts[id] = event.evidence
        case .unknown, .review:
            trail.pasts[id, default: SignedPast()].take(event)
        case .queued, .refused, .withdrawn: break
        }
    }

    private var evidenceOfSetBack: Data {
        seal.records.evidence(code: ReasonCode.ledgerWasSetBack.rawValue, httpStatus: nil, bankText: nil)
    }

    // MARK: A batch and its rows

    private func faults(of row: Row, _ trail: Trail) throws -> [String] {
        let batch = try BatchRecord(row)
        let number = batch.id.number
        var faults: [String] = []
        if seal.records.sign(batch: row) != (row["signature"] as Data?) { faults.append("it is not as it was written") }
        if !trail.imported.contains(number) { faults.append("the event of its import is missing") }
        if let evidence = trail.imports[number], evidence != seal.records.evidence(imported: row) {
            faults.append("it is not what was imported")
        }
        if let evidence = trail.bindings[number],
            batch.bank.map({ seal.records.evidence(bank: $0, senderName: batch.senderName ?? "") }) != evidence
        {
            faults.append("its bank is not the one that it was bound to")
        }
        faults += try recordFaults(
            ofTable: "approval", in: batch, known: trail.approvals[number] ?? [], seal.records.sign(approval:)
        ) {
            "the approval by \($0["who"] as String)"
        }
        faults += try recordFaults(
            ofTable: "correction", in: batch, known: trail.corrections[number] ?? [], seal.records.sign(correction:)
        ) {
            "the correction of row \($0["row"] as Int)"
        }
        if try !addsUp(batch) { faults.append("does not add up") }
        // Ledgers of earlier versions have no kinds.
        if trail.imports[number] != nil, try !hasItsWarnings(row) {
            faults.append("its warnings are not as they were written")
        }
        faults += try rowFaults(of: batch, trail)
        return faults.map { "batch “\(batch.reference)”" + ($0.first == "d" ? " \($0)" : ": \($0)") }
    }

    /// Checks that each record is signed and has its event.
    private func recordFaults(
        ofTable table: String, in batch: BatchRecord, known: [Data], _ sign: (Row) -> Data, name: (Row) -> String
    ) throws -> [String] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM \(table) WHERE batchID = ? ORDER BY id", arguments: [batch.id.number])
        var faults = rows.filter { sign($0) != ($0["signature"] as Data?) }.map {
            "\(name($0)) is not as it was written"
        }
        let signatures = Set(rows.compactMap { $0["signature"] as Data? })
        let missing = known.filter { !signatures.contains($0) }.count
        if missing > 0 { faults.append("\(missing) of its \(table)s are missing") }
        return faults
    }

    private func hasItsWarnings(_ batch: Row) throws -> Bool {
        try Int.fetchOne(
            db, sql: "SELECT coalesce(sum(count), 0) FROM warning WHERE batchID = ?", arguments: [batch["id"] as Int64])
            == batch["warnings"]
    }

    private func addsUp(_ batch: BatchRecord) throws -> Bool {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), coalesce(sum(amountTiyin), 0),
                    (SELECT coalesce(sum(changeTiyin), 0) FROM correction WHERE batchID = ?)
                FROM payout WHERE batchID = ?
                """, arguments: [batch.id.number, batch.id.number]
        ).orDamaged("rows cannot be counted")
        return row[0] == batch.totals.rows && row[1] as Int64 == batch.totals.sum.count + (row[2] as Int64)
    }

    private func rowFaults(of batch: BatchRecord, _ trail: Trail) throws -> [String] {
        var faults: [String] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT payout.*, attempt.agentTranID, attempt.sends, attempt.isDoubtful, attempt.verdict, attempt.bmID,
                    attempt.lastSentAt, attempt.quietSince, attempt.commission, attempt.commissionAmountTiyin, attempt.senderExtID, attempt.recipientExtID,
                    attempt.decidedBy, attempt.number = (SELECT max(number) FROM attempt AS last
                        WHERE last.batchID = payout.batchID AND last.row = payout.row) AS isLatest
                FROM payout LEFT JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                WHERE payout.batchID = ?
                """,
            arguments: [batch.id.number])
        while let row = try rows.next(), faults.count <= Self.limit {
            faults += try self.faults(ofRow: row, of: batch, trail).map { "row \(row["row"] as Int)\($0)" }
        }
        return faults
    }

    /// Checks one row.
    /// - Parameter row: a payout joined with one of its attempts.
    private func faults(ofRow row: Row, of batch: BatchRecord, _ trail: Trail) throws -> [String] {
        guard let id: Int64 = row["agentTranID"] else { return [" has no attempt"] }
        var faults: [String] = []
        let (sends, claims): (Int, Int) = (row["sends"], trail.claims[id, default: 0])
        if sends < claims || sends > claims && !trail.restored.contains(id) {
            faults.append(": its sends are not its claims")
        }
        if let past = trail.pasts[id] {
            if row["isDoubtful"] != true { faults.append(": a lost send of it is forgotten") }
            if !keepsQuietPeriod(row, of: batch, past, trail) { faults.append(": its quiet period is cut short") }
        }
        if let receipt = trail.receipts[id] {
            if receipt != self.receipt(row) { faults.append(": its receipt is not the bank's") }
        } else if row["verdict"] != "paid", receipt(row) != Self.noReceipt(seal) {
            faults.append(": it has a receipt, but was not paid")
        }
        guard row["isLatest"] == true else { return faults }
        let key = Trail.RowKey(batch: batch.id.number, row: row["row"])
        let state: String = row["state"]
        let replayed = trail.states[key] ?? .queued
        if replayed.rawValue != state { faults.append(" is \(state), but the events say \(replayed)") }
        if seal.records.sign(payout: row, of: batch.reference, batch.digest, agentTranID: id)
            != (row["signature"] as Data?)
        {
            faults.append(" is not as it was written")
        } else if let sealed: Data = row["sealedCard"], !opens(sealed, row, of: batch, id) {
            faults.append(": its sealed card is not its own")
        }
        if let evidence = trail.reasons[key], evidence != reason(row) {
            faults.append(": its reason is not as it was written")
        } else if trail.reasons[key] == nil, replayed == .paid, let code: String = row["reasonCode"],
            ![ReasonCode.reversedAtBank, .decidedByPerson].map(\.rawValue).contains(code)
        {
            faults.append(": it is paid, and has a reason why not")
        }
        if !verdicts(of: replayed).contains(row["verdict"]) { faults.append(": its attempt says otherwise") }
        return faults
    }

    /// The verdicts that the latest attempt of a row in a state may have.
    private func verdicts(of state: PayoutState) -> Set<String> {
        switch state {
        case .queued, .sending, .unknown, .review: ["open"]
        case .paid: ["paid"]
        case .refused: ["refused"]
        case .withdrawn: ["open", "refused"]
        }
    }

    /// Whether the quiet period of an attempt starts no earlier than the events say.
    private func keepsQuietPeriod(
        _ row: Row, of batch: BatchRecord, _ past: SignedPast, _ trail: Trail
    ) -> Bool {
        guard row["verdict"] == "open", row["isLatest"] == true else { return true }
        var past = past
        if let clockSet = trail.clockSets[batch.id.number] { past.takeClockSet(clockSet.event, at: clockSet.at) }
        return past.quietSince(storedIn: row, at: -1) != -1
    }

    private static func noReceipt(_ seal: CardSeal) -> Data {
        seal.records.evidence(
            bmID: nil, commission: nil, commissionTiyin: nil, senderExtID: nil, recipientExtID: nil, decidedBy: nil)
    }

    private func receipt(_ row: Row) -> Data {
        seal.records.evidence(
            bmID: row["bmID"], commission: row["commission"], commissionTiyin: row["commissionAmountTiyin"],
            senderExtID: row["senderExtID"], recipientExtID: row["recipientExtID"], decidedBy: row["decidedBy"])
    }

    private func reason(_ row: Row) -> Data? {
        (row["reasonCode"] as String?).map {
            seal.records.evidence(code: $0, httpStatus: row["httpStatus"], bankText: row["bankText"])
        }
    }

    private func opens(_ sealed: Data, _ row: Row, of batch: BatchRecord, _ id: Int64) -> Bool {
        do {
            let binding = CardSeal.Binding(
                batch.key(ofRow: row["row"]), account: try SettlementAccount(row["account"]),
                bankCode: try BankCode(row["bankCode"]), amount: Tiyin(row["amountTiyin"]),
                id: try AgentTransactionID(stored: id))
            return seal.open(sealed, boundTo: binding) != nil
        } catch {
            return false
        }
    }
}

extension PayoutState {
    /// The states that one transition can reach from this state.
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
