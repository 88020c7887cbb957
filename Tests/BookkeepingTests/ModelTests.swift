import Fixtures
import Payouts
import Testing

@testable import Bookkeeping

/// Compares the program's transitions with those of the model in `Model`.
@Suite struct ModelTests {
    /// One transition of each kind.
    private static let transitions: [(name: String, transition: Transition)] = [
        ("claimed", .claimed(isDoubtful: false)), ("paid", .paid(Samples.receipt)),
        ("refused", .refused(Reason(.failedAtBank))), ("unknown", .unknown(Reason(.connectionLost))),
        ("review", .review(Reason(.unclearAtBank))), ("requeued", .requeued(Reason(.tooManyRequests))),
        ("rerun", .rerun(nil)), ("decided paid", .decided(isPaid: true, note: "the bank's letter")),
        ("decided not paid", .decided(isPaid: false, note: "the bank's letter")),
        ("withdrawn", .withdrawn(note: "left the company")),
    ]

    /// A transition as both know it.
    private struct Step: Hashable {
        let name: String
        let from: PayoutState
        let to: PayoutState
    }

    @Test func theProgramHasTheTransitionsOfTheModelAndNoOther() throws {
        let program = Self.transitions.flatMap { name, transition in
            transition.origins.map { Step(name: name, from: $0, to: transition.target) }
        }
        let model = try ModelArc.all().map { Step(name: name(of: $0), from: $0.from, to: $0.to) }
        #expect(Set(program) == Set(model))
    }

    @Test func everyTransitionOfTheProgramIsCompared() {
        for (_, transition) in Self.transitions {
            switch transition {
            // A new case does not compile here: add it to the list above, and to the model.
            case .claimed, .paid, .refused, .unknown, .review, .requeued, .rerun, .decided, .withdrawn: break
            }
        }
        #expect(Self.transitions.count == 10)
    }

    /// Returns the transition by which the program makes the model's change. A person's verdict is one of its own, and
    /// so is the verdict that follows from a later attempt.
    private func name(of arc: ModelArc) -> String {
        switch arc.to {
        case .sending: "claimed"
        case .paid: arc.event == .decided ? "decided paid" : "paid"
        case .refused: arc.event == .decided || arc.from == .review ? "decided not paid" : "refused"
        case .unknown: "unknown"
        case .review: "review"
        case .queued: arc.getsNextID ? "rerun" : "requeued"
        case .withdrawn: "withdrawn"
        }
    }
}
