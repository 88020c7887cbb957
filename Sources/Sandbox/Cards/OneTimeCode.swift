import Foundation

/// A code that a cardholder gets by SMS.
///
/// When the first code expires, the bank sends a second one. When the second expires too, or after too many wrong
/// entries, the customer must start again.
struct OneTimeCode: Sendable {
    /// The lifetime of a code, and the number of wrong entries that void it.
    struct Rules: Sendable {
        let lifetime: Duration
        let wrongEntries: Int
    }

    enum Entry: Equatable {
        case accepted
        /// The code expired, and the bank sends another one.
        case renewed
        case refused(BankError)
    }

    private static let mostSent = 2

    private let source: SeededHash
    private let id: Int64
    private var sent = 1
    private var sentAt: Date
    private var wrongEntries = 0

    /// Creates the code of a verification or bill from the seed.
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
