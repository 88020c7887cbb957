import Foundation

/// A code that a cardholder gets by SMS, and what entering one comes to.
///
/// The first code to run out is followed by a second one by itself; when that runs out too, or after as many wrong
/// entries as the rules allow, all has to begin anew.
struct OneTimeCode: Sendable {
    /// How long a code is good, and how many wrong ones end it.
    struct Rules: Sendable {
        let lifetime: Duration
        let wrongEntries: Int
    }

    enum Entry: Equatable {
        case accepted
        /// The code ran out, and another one goes out.
        case renewed
        case refused(BankError)
    }

    private static let mostSent = 2

    private let source: SeededHash
    private let id: Int64
    private var sent = 1
    private var sentAt: Date
    private var wrongEntries = 0

    /// The code of this seed for this verification or bill.
    init(id: Int64, seed: UInt64, at now: Date) {
        source = SeededHash(seed: seed)
        self.id = id
        sentAt = now
    }

    var digits: String {
        let number = source.value(UInt64(bitPattern: id), UInt64(sent), 0x4F54_5021) % 1_000_000
        let text = String(number)
        return String(repeating: "0", count: 6 - text.count) + text
    }

    mutating func enter(_ entered: String, at now: Date, _ rules: Rules) -> Entry {
        guard wrongEntries < rules.wrongEntries else { return .refused(.codeEntryLimitExceededRestart) }
        guard now < sentAt.advanced(by: rules.lifetime) else { return renew(at: now) }
        if entered == digits { return .accepted }
        wrongEntries += 1
        return .refused(wrongEntries < rules.wrongEntries ? .invalidCodeRetry : .codeEntryLimitExceededRestart)
    }

    private mutating func renew(at now: Date) -> Entry {
        guard sent < Self.mostSent else { return .refused(.codeExpiredRestart) }
        sent += 1
        sentAt = now
        return .renewed
    }
}
