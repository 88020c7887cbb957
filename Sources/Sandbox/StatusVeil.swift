import Foundation

/// What /agent/status says of a payment for a while instead of the truth. Once over, it does not come again.
enum StatusVeil: Sendable {
    case hidden(until: Date)
    case paying(askingsLeft: Int)
    case flapping(askingsLeft: Int)

    enum Saying: Equatable {
        case truth
        case notFound
        case word(String)
    }

    static let askingsWhilePaying = 10
    /// What a flapping status goes through, none of it final.
    private static let flaps: [Saying] = [
        .word("NEW"), .notFound, .word("PAYING"), .word("UNKNOWN"), .notFound, .word("CHECKING"), .word("NEW"),
        .word("POSTPONED"),
    ]

    init?(_ fault: Fault, now: Date, lasting duration: Duration) {
        switch fault {
        case .statusNotFound: self = .hidden(until: now.advanced(by: duration))
        case .statusPaying: self = .paying(askingsLeft: Self.askingsWhilePaying)
        case .statusFlaps: self = .flapping(askingsLeft: Self.flaps.count)
        default: return nil
        }
    }

    /// What this asking is told.
    mutating func say(at now: Date) -> Saying {
        switch self {
        case .hidden(let end): return now < end ? .notFound : .truth
        case .paying(let left) where left > 0:
            self = .paying(askingsLeft: left - 1)
            return .word(Payment.State.paying.rawValue)
        case .flapping(let left) where left > 0:
            self = .flapping(askingsLeft: left - 1)
            return Self.flaps[Self.flaps.count - left]
        case .paying, .flapping: return .truth
        }
    }
}
