import Fixtures
import Foundation
import Operations
import Sandbox
import Testing

@testable import Simulation

@Suite(.serialized) struct SimulationTests {
    /// `PAYOUT_SIMULATE_SEEDS=10000` plays more stories, `PAYOUT_SIMULATE_FROM=4711` others.
    @Test func noStoryBreaksThePromiseAndEveryFaultAndCrashComesAbout() async throws {
        let first = TestSetting.simulatedFrom.number(else: 1)
        let count = TestSetting.simulatedSeeds.number(else: 500)
        let start = ContinuousClock.now
        let stops = TestSetting.simulatedStop.number(else: 0) == 1
        let result = await Campaign(seeds: first..<first + count, stopsAtFailure: stops).play()
        print("\(result.stories) stories from seed \(first) in \(ContinuousClock.now - start)")
        print(Self.list(result.faults.map { ($0.key.rawValue, $0.value) }))
        print(Self.list(result.tally.map { ($0.key, $0.value) }))

        try Self.expectNoFailure(in: result, Story.init(seed:), setting: .simulatedSeeds)
        guard count >= 500 else { return }
        for fault in Fault.allCases {
            #expect(result.faults[fault, default: 0] > 0, "\(fault.rawValue) never came about")
        }
        for event in Self.mustComeAbout { #expect(result.tally[event, default: 0] > 0, "“\(event)” never came about") }
    }

    /// `PAYOUT_SIMULATE_ROUNDS=10000` plays more rounds.
    @Test func everyInboxFileIsInOnePlaceAndPaidOnceWhereverARoundEnds() async throws {
        let first = TestSetting.simulatedFrom.number(else: 1)
        let rounds = Int(TestSetting.simulatedRounds.number(else: 200))
        var (next, result) = (first, Campaign.Result())
        while result.tally["inbox round", default: 0] < rounds, result.failures.isEmpty {
            result.add(await Campaign(seeds: next..<next + 50).play(Story.init(ofInbox:)))
            next += 50
        }
        print(
            "\(result.tally["inbox round", default: 0]) rounds of the inbox in \(result.stories) stories from seed \(first)"
        )
        print(Self.list(result.tally.map { ($0.key, $0.value) }))
        try Self.expectNoFailure(in: result, Story.init(ofInbox:), setting: .simulatedRounds)
        guard rounds >= 1000 else { return }
        for step in Inbox.Step.allCases {
            #expect(result.tally["died after \(step)", default: 0] > 0, "no round died after “\(step)”")
        }
    }

    /// Records each failure with the shortest story that shows it.
    private static func expectNoFailure(
        in result: Campaign.Result, _ story: (UInt64) -> Story, setting: TestSetting
    ) throws {
        let stops = TestSetting.simulatedStop.number(else: 0) == 1
        for (seed, violation) in result.failures.sorted(by: { $0.key < $1.key }).prefix(3) {
            let again = "repeat it with PAYOUT_SIMULATE_FROM=\(seed) \(setting.rawValue)=1"
            let found = "seed \(seed) (\(again)): \(violation)"
            if stops {
                Issue.record("\(found)")
                break
            }
            let smallest = Shrinker { Campaign.violation(in: $0) != nil }.shrink(story(seed))
            let report = try Simulation(smallest).play()
            Issue.record(
                """
                \(found)
                the shortest story that fails:
                \(smallest)
                \(report.trace.joined(separator: "\n"))
                """)
        }
        let kinds = Dictionary(grouping: result.failures.keys.sorted()) { result.failures[$0, default: ""].prefix(60) }
        #expect(result.failures.isEmpty, "\(kinds)")
    }

    private static let mustComeAbout = [
        "killed", "power cut", "sync failed", "disk full", "stopped by a person", "clock step", "ledger lost",
        "ledger and journal lost", "asked what became of a ledger", "copy kept", "older copy: ledger",
        "older copy: journal",
        "older copy: both", "log: flip", "log: cut", "log: delete", "journal gone", "journal damaged",
        "recovered by a person",
        "put right", "rows put right", "last commit lost", "duplicate refused", "another bank refused", "practised",
        "practice ledger refused",
        "second machine noticed",
        "rerun: queued", "rerun: too early", "resolved as paid", "resolved as not paid", "withdrawn",
        "not withdrawn, for it may be paid", "reversal noted", "ended paid", "ended withdrawn",
        // The kinds of consent.
        "agreed when asked", "no consent: declined", "no consent: warningsNotAccepted", "refused: changed meanwhile",
        "refused: row above limit", "refused: batch above limit", "refused: day above limit",
        "refused: not approved", "approved", "approval of other totals refused", "approval by the maker refused",
        "approval voided by a correction", "corrected", "corrected in spite of a warning", "asked by itself",
        "second run held off", "second round held off",
        // The inbox.
        "inbox: done", "inbox: waiting", "inbox: left", "inbox: rejected", "inbox: goneOn", "inbox file done",
        "rejected for its findings", "rejected, for it was imported already", "rejected file dropped again",
        "dropped once more", "died after taken", "died after copied", "died after checked", "died after paid",
        "died after moved", "died after explained",
    ]

    private static func list(_ counts: [(String, Int)]) -> String {
        counts.sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    @Test func aSeedIsTheWholeRun() throws {
        for seed in UInt64(1)...12 {
            let first = try Simulation(Story(seed: seed)).play()
            let second = try Simulation(Story(seed: seed)).play()
            #expect(first.trace == second.trace, "seed \(seed)")
            #expect(!first.trace.isEmpty)
        }
    }

    @Test func aSettingThatIsNotSafeIsFoundOutAndTheStoryThatShowsItIsShort() throws {
        var story = Story(
            late: .seconds(3600), quietPeriod: .seconds(120), repeats: .doubleDebit, resends: true, seed: 3)
        story.faults[.slow] = 0.1
        story.rows = 30
        #expect(Campaign.violation(in: story)?.contains("TWICE") == true)
        let smallest = Shrinker { Campaign.violation(in: $0) != nil }.shrink(story)
        #expect(Campaign.violation(in: smallest) != nil)
        #expect(smallest.rows < 10)
        #expect(smallest.faults.keys.map(\.rawValue) == ["late-debit"])
        #expect(smallest.lives.count < story.lives.count)
    }
}
