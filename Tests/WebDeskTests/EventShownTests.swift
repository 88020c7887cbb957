import AnorBank
import Bookkeeping
import Foundation
import PaymentValues
import Payouts
import Reports
import Testing

@testable import WebDesk

/// Whatever the ledger writes into a history is told in the reader's language.
@Suite struct EventShownTests {
    /// One of each. The digits and the two banks are all that is the same in every language.
    private static let causes: [EventCause] =
        [
            .imported(ControlTotals(rows: 60, sum: Tiyin(5_265_561_216))),
            .approved(ControlTotals(rows: 60, sum: Tiyin(5_265_561_216))), .bound(to: "1.2.3.4"),
            .bankMoved(from: "1.2.3.4", to: "5.6.7.8"), .asksFirst,
            .warningsAccepted(.init(count: 3, kinds: [.samePayment: 2, .amountFarOff: 1])),
            .warningsAccepted(.init(count: 3, kinds: [:])),
            .correctedInSpite(of: .init(count: 1, kinds: [.paidBefore: 1])),
            .corrected(
                "account 20208000900123456001 → 20208000900123456002, mfo 01183 → 01184, exp, amount 1 tiyin → 2 tiyin"),
            .paused(.tooManyRefused), .resumed, .clockSet, .note("№ 17"), .putRight(rows: 33), .attemptOfLostLedger,
            .reason(.interrupted),
            .reason(ReasonCode(rawValue: "card_not_found")), .state(.paid),
        ]
        + EventCause.Asking.allCases.flatMap { [.asked($0, nil), .asked($0, ReasonCode(rawValue: "card_not_found"))] }

    /// Does not compile where a cause was added that is not among those above; then it belongs there.
    private static func place(of cause: EventCause) -> Int {
        switch cause {
        case .imported: 0
        case .approved: 1
        case .bound: 2
        case .bankMoved: 3
        case .asksFirst: 4
        case .warningsAccepted: 5
        case .correctedInSpite: 6
        case .corrected: 7
        case .paused: 8
        case .resumed: 9
        case .clockSet: 10
        case .note: 11
        case .asked: 12
        case .attemptOfLostLedger: 13
        case .reason: 14
        case .state: 15
        case .putRight: 16
        }
    }

    @Test func everyCauseIsLookedAt() {
        #expect(Set(Self.causes.map(Self.place)) == Set(0...16))
    }

    @Test(arguments: causes)
    func whatTheLogKeepsIsReadBackAsItWas(cause: EventCause) {
        #expect(EventCause(cause.description) == cause)
    }

    @Test func aLineOfAnEarlierVersionIsReadAsACode() {
        #expect(EventCause("card_not_found") == .reason(ReasonCode(rawValue: "card_not_found")))
        #expect(EventCause("imported: nonsense") == .reason(ReasonCode(rawValue: "imported: nonsense")))
    }

    @Test(arguments: causes)
    func everyCauseIsToldInEveryLanguage(cause: EventCause) throws {
        let texts = Language.allCases.map { EventShown.text(cause, .of($0), Self.report(in: $0)) }
        if case .state = cause {
            #expect(texts == ["", "", ""])
            return
        }
        let raw = cause.description
        for (language, text) in zip(Language.allCases, texts) {
            #expect(!text.isEmpty && !text.contains("event.") && !text.contains("{"), "\(language): \(text)")
            #expect(!text.contains("_"), "\(language) shows a code: \(text)")
            if language != .en { #expect(!text.contains(raw), "\(language) shows the log's own line: \(text)") }
        }
        switch cause {
        // A person's own words are hers in every language, and a bank is a bank in two of them.
        case .note, .bound: break
        default: #expect(Set(texts).count == texts.count, "\(texts)")
        }
        let russian = try #require(zip(Language.allCases, texts).first { $0.0 == .ru }?.1)
        #expect(!russian.contains(/[A-Za-z]{2,}/), "\(russian)")
    }

    private static func report(in language: Language) -> Report {
        Report(
            language: language, catalogue: AnorBank.catalogue,
            stamp: ReportStamp(by: "dilnoza", at: Date(timeIntervalSince1970: 0), timeZone: .gmt))
    }
}
