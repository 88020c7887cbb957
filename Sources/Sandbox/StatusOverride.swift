import Foundation

/// A false status that /agent/status returns for a while. It never returns after it has ended.
enum StatusOverride: Sendable {
    case hidden(until: Date)
    case paying(queriesLeft: Int)
    case flapping(queriesLeft: Int)

    enum Answer: Equatable {
        case truth
        case notFound
        case word(String)
    }

    static let queriesWhilePaying = 10
    /// The answers of a flapping status. None of them is final.
    private static let flaps: [Answer] = [
        .word("NEW"), .notFound, .word("PAYING"), .word("UNKNOWN"), .notFound, .word("CHECKING"), .word("NEW"),
        .word("POSTPONED"),
    ]

    init?(_ fault: Fault, now: Date, lasting duration: Duration) {
        switch fault {
        case .statusNotFound: self = .hidden(until: now.advanced(by: duration))
        case .statusPaying: self = .paying(queriesLeft: Self.queriesWhilePaying)
        case .statusFlaps: self = .flapping(queriesLeft: Self.flaps.count)
        default: return nil
        }
    }

    /// Returns the answer to the next status query.
    mutating func next(at now: Date) -> Answer {
        switch self {
        case .hidden(let end): return now < end ? .notFound : .truth
        case .paying(let left) where left > 0:
            self = .paying(queriesLeft: left - 1)
            return .word(Payment.State.paying.rawValue)
        case .flapping(let left) where left > 0:
            self = .flapping(queriesLeft: left - 1)
            return Self.flaps[Self.flaps.count - left]
        case .paying, .flapping: return .truth
        }
    }
}
