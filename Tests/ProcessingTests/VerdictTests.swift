import Bookkeeping
import Payouts
import Testing

@testable import Processing

@Suite struct VerdictTests {
    static let reason = Reason(ReasonCode(rawValue: "card_not_found"))
    static let receipt = BankReceipt(bmID: 7)

    @Test(arguments: [
        (Outcome.paid(receipt), Transition.paid(receipt), Verdict.Next.anotherRow),
        (.refused(reason), .refused(reason), .anotherRow),
        (.refusedForEveryone(reason, mayBePaid: false), .requeued(reason), .pause(reason)),
        (.refusedForEveryone(reason, mayBePaid: true), .unknown(reason), .pause(reason)),
        (.notProcessed(reason, .afterLogin), .requeued(reason), .sameRow(.afterLogin)),
        (
            .notProcessed(reason, .afterBackoff(atLeastSeconds: 9)), .requeued(reason),
            .sameRow(.afterBackoff(atLeastSeconds: 9))
        ),
        (.unknown(reason), .unknown(reason), .anotherRow),
        (.needsHuman(reason), .review(reason), .anotherRow),
    ])
    func anAnswerToTheFirstSendSettlesTheRow(outcome: Outcome, transition: Transition, next: Verdict.Next) {
        let verdict = Verdict(of: outcome, isDoubtful: false)
        #expect(verdict.transition == transition)
        #expect(verdict.next == next)
    }

    /// A refusal of the second send proves nothing about the first, so the row stays unknown and is not sent again.
    @Test(arguments: [
        (Outcome.paid(receipt), Transition.paid(receipt), Verdict.Next.anotherRow),
        (.refused(reason), .unknown(reason), .anotherRow),
        (.refusedForEveryone(reason, mayBePaid: false), .unknown(reason), .pause(reason)),
        (.refusedForEveryone(reason, mayBePaid: true), .unknown(reason), .pause(reason)),
        (.notProcessed(reason, .afterLogin), .unknown(reason), .anotherRow),
        (.notProcessed(reason, .afterBackoff(atLeastSeconds: 1)), .unknown(reason), .anotherRow),
        (.unknown(reason), .unknown(reason), .anotherRow),
        (.needsHuman(reason), .review(reason), .anotherRow),
    ])
    func afterAnUnknownSendOnlyPaidAndNeedsAHumanSaySomething(
        outcome: Outcome, transition: Transition, next: Verdict.Next
    ) {
        let verdict = Verdict(of: outcome, isDoubtful: true)
        #expect(verdict.transition == transition)
        #expect(verdict.next == next)
    }
}

@Suite struct StopRulesTests {
    static let suspect = Reason(ReasonCode(rawValue: "invalid_params"))

    @Test func tenUnknownsInARowStopARunAndAnAnswerBetweenThemDoesNot() {
        var rules = StopRules(suspectCodes: [])
        for _ in 1...9 { #expect(rules.takeUnknown() == nil) }
        #expect(rules.take(.paid(BankReceipt(bmID: 1)), as: .paid(BankReceipt(bmID: 1))) == nil)
        for _ in 1...9 { #expect(rules.takeUnknown() == nil) }
        #expect(rules.takeUnknown()?.code == .tooManyUnknown)
    }

    @Test func refusalsOfDoubtfulRowsCountAsTheUnknownsThatTheyLeave() {
        var rules = StopRules(suspectCodes: [])
        let busy = Outcome.notProcessed(Reason(.tooManyRequests), .afterBackoff(atLeastSeconds: nil))
        for _ in 1...9 { #expect(rules.take(busy, as: .unknown(Reason(.tooManyRequests))) == nil) }
        #expect(rules.take(busy, as: .unknown(Reason(.tooManyRequests)))?.code == .tooManyUnknown)
    }

    /// Each says that the bank works; a retry and a pause say nothing.
    @Test(arguments: [
        (Outcome.refused(suspect), true), (.refused(Reason(.failedAtBank)), true),
        (.needsHuman(Reason(.unclearAtBank)), true), (.notProcessed(suspect, .afterLogin), false),
        (.refusedForEveryone(suspect, mayBePaid: false), false),
    ])
    func unknownsAreInARowUnlessAnAnswerComesBetweenThem(outcome: Outcome, isAnswer: Bool) {
        var rules = StopRules(suspectCodes: [Self.suspect.code])
        for _ in 1...9 { _ = rules.takeUnknown() }
        #expect(rules.take(outcome, as: Verdict(of: outcome, isDoubtful: false).transition) == nil)
        #expect((rules.takeUnknown() == nil) == isAnswer)
    }

    @Test func unknownsAndRetriesBetweenSuspectRefusalsDoNotClearThem() {
        var rules = StopRules(suspectCodes: [Self.suspect.code])
        _ = rules.take(.refused(Self.suspect), as: .refused(Self.suspect))
        _ = rules.takeUnknown()
        _ = rules.take(.notProcessed(Self.suspect, .afterLogin), as: .requeued(Self.suspect))
        _ = rules.take(.refused(Self.suspect), as: .refused(Self.suspect))
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect))?.code == .tooManyRefused)
    }

    @Test func threeRefusalsThatHintAtOneCauseStopARun() {
        var rules = StopRules(suspectCodes: [Self.suspect.code])
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect)) == nil)
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect)) == nil)
        #expect(
            rules.take(
                .refused(Reason(ReasonCode(rawValue: "card_not_found"))),
                as: .refused(Reason(ReasonCode(rawValue: "card_not_found")))) == nil)
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect)) == nil)
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect)) == nil)
        #expect(rules.take(.refused(Self.suspect), as: .refused(Self.suspect))?.code == .tooManyRefused)
    }
}

extension StopRules {
    fileprivate mutating func takeUnknown() -> Reason? {
        take(.unknown(Reason(.connectionLost)), as: .unknown(Reason(.connectionLost)))
    }
}
