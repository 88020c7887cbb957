import Foundation
import PaymentValues

/// An event's kind and JSON, as they are in the ledger and in documents for programs.
extension EventCause {
    /// Returns the event's details as one JSON object, or `nil` if there are none.
    package func detail() throws -> String? {
        switch self {
        // Every payout has these two events, so they must cost nothing.
        case .claimed, .settled(nil): return nil
        default: break
        }
        guard let detail = EventDetail(self) else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }

    /// Reads a cause from its kind and JSON.
    ///
    /// - Throws: an error if a part is missing or cannot be read.
    package init(_ kind: EventKind, detail: String?) throws {
        let detail = try detail.map { try JSONDecoder().decode(EventDetail.self, from: Data($0.utf8)) } ?? EventDetail()
        self = try detail.cause(of: kind)
    }

    /// An error for an event without a part that its kind needs.
    package struct MissingDetail: Error {
        package let kind: EventKind
    }
}

/// The details of an event: every part that any kind has.
package struct EventDetail: Codable {
    private var rows: Int?
    private var sumTiyin: Int64?
    private var bank: String?
    private var formerBank: String?
    private var count: Int?
    private var warnings: [String: Int]?
    private var outcome: String?
    private var subject: String?
    private var asked: Int?
    private var settled: Int?
    private var reason: String?
    private var changes: RowChanges?
    private var note: String?
    private var confirmation: String?
    private var verdict: String?
    private var evidence: String?

    fileprivate init() {}

    package init?(_ cause: EventCause) {
        switch cause {
        case .imported(let totals), .approved(let totals, nil): take(totals)
        case .approved(let totals, let confirmation?), .sendingConfirmed(let totals, let confirmation):
            take(totals)
            self.confirmation = confirmation.rawValue
        case .approvalsNeeded(let count): self.count = count
        case .bound(let bank): self.bank = bank
        case .bankMoved(let old, let new):
            formerBank = old
            bank = new
        case .warningsAccepted(let accepted), .correctionWarningsAccepted(let accepted):
            count = accepted.count
            warnings = Dictionary(uniqueKeysWithValues: accepted.kinds.map { ($0.key.rawValue, $0.value) })
        case .runEnded(.finished): outcome = "finished"
        case .runEnded(.paused(let code)):
            outcome = "paused"
            reason = code.rawValue
        case .runEnded(.bankUnreachable(let code)):
            outcome = "bankUnreachable"
            reason = code.rawValue
        case .bankAsked(let questions):
            subject = questions.subject.rawValue
            asked = questions.asked
            settled = questions.settled
        case .putRight(let rows), .namesErased(let rows): self.rows = rows
        case .paused(let code), .settled(let code?), .asked(_, let code?): reason = code.rawValue
        case .corrected(let changes): self.changes = changes
        case .decided(let note, let evidence):
            self.note = note
            self.evidence = evidence?.rawValue
        case .verdictProposed(let verdict):
            self.verdict = verdict.outcome.rawValue
            note = verdict.note
            evidence = verdict.evidence?.rawValue
        case .withdrawn(let note), .rejected(let note), .cancelled(let note): self.note = note
        case .asksFirst, .runStarted, .resumed, .clockSet, .claimed, .settled(nil), .reversed, .attemptOfLostLedger,
            .asked(_, nil):
            return nil
        }
    }

    private mutating func take(_ totals: ControlTotals) {
        rows = totals.rows
        sumTiyin = totals.sum.count
    }

    fileprivate func cause(of kind: EventKind) throws -> EventCause {
        func need<T>(_ part: T?) throws -> T {
            guard let part else { throw EventCause.MissingDetail(kind: kind) }
            return part
        }
        func totals() throws -> ControlTotals { ControlTotals(rows: try need(rows), sum: Tiyin(try need(sumTiyin))) }
        func accepted() throws -> EventCause.Warnings {
            let kinds = try need(warnings).map { (try need(WarningKind(rawValue: $0.key)), $0.value) }
            return EventCause.Warnings(count: try need(count), kinds: Dictionary(uniqueKeysWithValues: kinds))
        }
        func confirmed() throws -> EventCause.Confirmation? {
            try confirmation.map { try need(EventCause.Confirmation(rawValue: $0)) }
        }
        func named() throws -> RowVerdict.Evidence? { try evidence.map { try need(RowVerdict.Evidence(rawValue: $0)) } }
        let code = reason.map(ReasonCode.init(rawValue:))
        switch kind {
        case .imported: return .imported(try totals())
        case .approved: return .approved(try totals(), try confirmed())
        case .bound: return .bound(to: try need(bank))
        case .bankMoved: return .bankMoved(from: try need(formerBank), to: try need(bank))
        case .asksFirst: return .asksFirst
        case .warningsAccepted: return .warningsAccepted(try accepted())
        case .correctionWarningsAccepted: return .correctionWarningsAccepted(try accepted())
        case .runStarted: return .runStarted
        case .runEnded:
            switch outcome {
            case "finished": return .runEnded(.finished)
            case "paused": return .runEnded(.paused(try need(code)))
            case "bankUnreachable": return .runEnded(.bankUnreachable(try need(code)))
            default: throw EventCause.MissingDetail(kind: kind)
            }
        case .bankAsked:
            let subject = try need(subject.flatMap(EventCause.Questions.Subject.init))
            return .bankAsked(.init(about: subject, asked: try need(asked), settled: try need(settled)))
        case .paused: return .paused(try need(code))
        case .resumed: return .resumed
        case .clockSet: return .clockSet
        case .putRight: return .putRight(rows: try need(rows))
        case .namesErased: return .namesErased(rows: try need(rows))
        case .claimed: return .claimed
        case .settled: return .settled(code)
        case .reversed: return .reversed
        case .attemptOfLostLedger: return .attemptOfLostLedger
        case .askedAboutUnknown: return .asked(.aboutUnknown, code)
        case .askedBeforeSending: return .asked(.beforeSending, code)
        case .askedBeforeRerun: return .asked(.beforeRerun, code)
        case .corrected: return .corrected(try need(changes))
        case .decided: return .decided(note: try need(note), evidence: try named())
        case .withdrawn: return .withdrawn(note: try need(note))
        case .verdictProposed:
            let outcome = try need(verdict.flatMap(RowVerdict.Outcome.init))
            return .verdictProposed(RowVerdict(outcome, evidence: try named(), note: try need(note)))
        case .approvalsNeeded: return .approvalsNeeded(try need(count))
        case .rejected: return .rejected(note: try need(note))
        case .cancelled: return .cancelled(note: try need(note))
        case .sendingConfirmed: return .sendingConfirmed(try totals(), try need(try confirmed()))
        }
    }
}
