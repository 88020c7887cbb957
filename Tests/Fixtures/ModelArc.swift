import Foundation
package import Payouts

/// One line of `Model/arcs.pml`: a change of a row's state that the model has.
package struct ModelArc: Hashable, Sendable {
    package let from: PayoutState
    package let to: PayoutState
    package let event: Event
    /// Whether the row gets its next agentTranId.
    package let getsNextID: Bool
    package let doubt: Doubt

    /// The event that the ledger stores for the change.
    package enum Event: String, Sendable {
        case claimed = "CLAIMED"
        case answered = "ANSWERED"
        case takenOver = "TAKEN_OVER"
        case askedAboutUnknown = "ASKED_ABOUT_UNKNOWN"
        case askedBeforeSending = "ASKED_BEFORE_SENDING"
        case askedBeforeRerun = "ASKED_BEFORE_RERUN"
        case foundAtBank = "FOUND_AT_BANK"
        case decided = "DECIDED"
        case withdrawn = "PERSON_WITHDREW"
        case putRight = "PUT_RIGHT"
    }

    /// Whether an earlier send of the id may have taken effect.
    package enum Doubt: String, Sendable {
        case any = "ANY_DOUBT"
        case none = "CLEAR"
        case some = "DOUBT"
    }

    /// A line of the file that cannot be read.
    package struct Unreadable: Error {
        package let line: String
    }

    /// Reads every arc of the model.
    package static func all() throws -> [ModelArc] {
        try String(contentsOf: Checkout.file("Model/arcs.pml"), encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("ARC(") }.map { try ModelArc(line: String($0)) }
    }

    private init(line: String) throws {
        let words = line.dropFirst(4).dropLast().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard words.count == 5, let from = PayoutState(rawValue: words[0].lowercased()),
            let to = PayoutState(rawValue: words[1].lowercased()), let event = Event(rawValue: words[2]),
            ["SAME", "NEXT"].contains(words[3]), let doubt = Doubt(rawValue: words[4])
        else { throw Unreadable(line: line) }
        self.from = from
        self.to = to
        self.event = event
        getsNextID = words[3] == "NEXT"
        self.doubt = doubt
    }
}
