import Processing
import Sandbox
import Testing

@testable import Simulation

/// Tests the table in `docs/reconciliation.md`: the settings that are safe if a debit comes long after its connection
/// was closed.
@Suite struct LateDebitTests {
    private static let quietPeriod = Duration.seconds(600)

    @Test(arguments: RepeatRule.allCases, [false, true])
    func onlyOneCombinationPaysTwice(repeats: RepeatRule, resends: Bool) async {
        for (late, isWithinQuietPeriod) in [(Duration.seconds(300), true), (.seconds(7200), false)] {
            let result = await Campaign(seeds: 1..<5).play { seed in
                Story(late: late, quietPeriod: Self.quietPeriod, repeats: repeats, resends: resends, seed: seed)
            }
            // The bank ignores a late debit if the payment with this id is already paid.
            if isWithinQuietPeriod || !resends { #expect(result.faults[.lateDebit, default: 0] > 3) }
            let isSafe = !(repeats == .doubleDebit && resends && !isWithinQuietPeriod)
            let twice = result.failures.values.filter { $0.contains("TWICE") }
            #expect(twice.isEmpty == isSafe, "\(repeats), resends \(resends), late \(late): \(result.failures)")
        }
    }
}

extension Story {
    /// Makes a bank that makes three of ten payments long after it closed their connections, and a program that starts
    /// again and again meanwhile.
    init(late: Duration, quietPeriod: Duration, repeats: RepeatRule, resends: Bool, seed: UInt64) {
        self.init(seed: seed)
        rows = 8
        self.repeats = repeats
        practisesFirst = false
        requiresApproval = false
        hasWarning = false
        badCards = 0
        usesInbox = false
        latency = 0.001...0.05
        faults = [.lateDebit: 0.3]
        durations = [.lateDebit: late]
        lateness = late
        lives = (0..<7).map { _ in
            Life(
                concurrency: 4, timeout: .seconds(10), quietPeriod: quietPeriod,
                whenNotFound: resends ? .resend : .review, end: .finishes, meanwhile: [], afterwards: [],
                pause: quietPeriod / 3)
        }
    }
}
