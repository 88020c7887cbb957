import Foundation
import GRDB
import PaymentValues
import Payouts

/// What the signed events say about an attempt. The columns of an attempt are not signed, because each payout would pay
/// for it. Where they decide about a second send, its events must say the same.
struct SignedPast {
    /// Whether a send of the attempt ever had an unknown outcome.
    private(set) var isDoubtful = false
    /// When the last byte may have been sent: the time of the last send or the last unknown outcome, or the time when
    /// the clock was set after that. In milliseconds since 1970.
    private var lastByteAt: Int64?
    private var lastByteEvent: Int64?

    /// The milliseconds that earlier versions lost when they stored a time again.
    private static let rounding: Int64 = 1000

    /// Returns the start of the quiet period, as the ledger stores it. If it is earlier than the signed events allow,
    /// somebody edited it: the period starts now.
    func quietSince(storedIn attempt: Row, at now: Int64) -> Int64? {
        let stored: Int64? = attempt["quietSince"]
        guard let lastByteAt, max(stored ?? 0, attempt["lastSentAt"] ?? 0) < lastByteAt - Self.rounding else {
            return stored
        }
        return now
    }

    mutating func take(_ event: StoredEvent) {
        switch event.to {
        case PayoutState.unknown.rawValue, PayoutState.review.rawValue:
            isDoubtful = true
            if event.to == PayoutState.unknown.rawValue { take(event.id, at: event.at) }
        case PayoutState.sending.rawValue: take(event.id, at: event.at)
        default: break
        }
    }

    /// Takes an event that says that the clock was set. Every quiet period started again then.
    mutating func takeClockSet(_ event: Int64, at: Int64) {
        if let lastByteEvent, event > lastByteEvent { take(event, at: at) }
    }

    private mutating func take(_ event: Int64, at: Int64) {
        lastByteEvent = event
        lastByteAt = at
    }
}

extension Ledger {
    /// Reads what the events say about a row's latest attempt, and checks the signatures of these events.
    ///
    /// - Parameter state: the state of the row, which its last event must have.
    /// - Throws: ``LedgerError/altered(path:what:)``
    func signedPast(of attempt: AttemptKey, in state: PayoutState, _ db: Database) throws -> SignedPast {
        func altered(_ what: String) throws -> LedgerError {
            let batch = try batchRecord(attempt.batch, in: db).reference
            return .altered(path: path, what: "row \(attempt.row) of batch “\(batch)”: \(what)")
        }
        let events = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT event.*, earlier.signature AS earlier FROM event INDEXED BY eventByRow
                    LEFT JOIN event AS earlier ON earlier.id = event.id - 1
                    WHERE event.batchID = ? AND event.row = ? ORDER BY event.id
                    """), arguments: [attempt.batch.number, attempt.row])
        var past = SignedPast()
        var last: String?
        for row in events {
            let event = StoredEvent(row)
            let earlier = event.id == 1 ? ChainHead.beginning.signature : row["earlier"] as Data?
            guard let earlier, seal.records.sign(event, after: earlier) == (row["signature"] as Data?) else {
                throw try altered("event \(event.id) is not as it was written")
            }
            if let to = event.to { last = to }
            if event.agentTranID == attempt.id.number { past.take(event) }
        }
        guard last == state.rawValue else { throw try altered("its state is not that of its last event") }
        let clockSet = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT id, at FROM event INDEXED BY eventByKind WHERE batchID = ? AND kind <> 'claimed'
                        AND kind <> 'settled' AND kind = 'clockSet' ORDER BY id DESC LIMIT 1
                    """), arguments: [attempt.batch.number])
        if let clockSet { past.takeClockSet(clockSet["id"], at: clockSet["at"]) }
        return past
    }
}
