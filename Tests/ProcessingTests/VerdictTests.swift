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
        (.unknown(reason), .unknown(reason), .anotherRow),
        (.needsHuman(reason), .review(reason), .anotherRow),
    ])
    func anAnswerToTheFirstSendSettlesTheRow(outcome: Outcome, transition: Transition, next: Verdict.Next) {
        let verdict = Verdict(of: outcome, isDoubtful: false)
        #expect(verdict.transition == transition)
        #expect(verdict.next == next)
    }

    @Test(arguments: [
        Outcome.refused(reason), .refusedForEveryone(reason, mayBePaid: false), .notProcessed(reason, .afterLogin),
        .notProcessed(reason, .afterBackoff(atLeastSeconds: 1)), .unknown(reason),
    ])
    func afterAnUnknownSendNoRefusalOfASecondOneProvesAnything(outcome: Outcome) {
        #expect(Verdict(of: outcome, isDoubtful: true).transition == .unknown(Self.reason))
    }

    @Test func afterAnUnknownSendPaidAndNeedsAHumanStillSaySomething() {
        #expect(Verdict(of: .paid(Self.receipt), isDoubtful: true).transition == .paid(Self.receipt))
        #expect(Verdict(of: .needsHuman(Self.reason), isDoubtful: true).transition == .review(Self.reason))
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
