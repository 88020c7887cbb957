import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Reports

/// The texts of all events that the ledger can record, in each language.
@Suite struct EventTextTests {
    private static var changes: RowChanges {
        var changes = RowChanges()
        changes.account = .init(from: "20208000900123456001", to: "20208000900123456002")
        changes.mfo = .init(from: "01183", to: "01184")
        changes.pan = .init(from: "860006******6311", to: "986000******0018")
        changes.exp = true
        changes.amountTiyin = .init(from: 1, to: 2)
        return changes
    }

    /// One event of each kind, with its stored form. If a line changes, stored events can no longer be read.
    private static let causes: [(cause: EventCause, kind: String, detail: String?)] =
        [
            (.imported(totals), "imported", #"{"rows":60,"sumTiyin":5265561216}"#),
            (.approved(totals), "approved", #"{"rows":60,"sumTiyin":5265561216}"#),
            (
                .approved(totals, .code), "approved", #"{"confirmation":"code","rows":60,"sumTiyin":5265561216}"#
            ),
            (
                .sendingConfirmed(totals, .recoveryCode), "sendingConfirmed",
                #"{"confirmation":"recoveryCode","rows":60,"sumTiyin":5265561216}"#
            ),
            (.approvalsNeeded(2), "approvalsNeeded", #"{"count":2}"#),
            (.rejected(note: "№ 15"), "rejected", #"{"note":"№ 15"}"#),
            (.cancelled(note: "№ 16"), "cancelled", #"{"note":"№ 16"}"#),
            (.bound(to: "1.2.3.4"), "bound", #"{"bank":"1.2.3.4"}"#),
            (.bankMoved(from: "1.2.3.4", to: "5.6.7.8"), "bankMoved", #"{"bank":"5.6.7.8","formerBank":"1.2.3.4"}"#),
            (.asksFirst, "asksFirst", nil),
            (
                .warningsAccepted(.init(count: 3, kinds: [.samePayment: 2, .amountFarOff: 1])), "warningsAccepted",
                #"{"count":3,"warnings":{"amount_far_off":1,"same_payment":2}}"#
            ),
            (.warningsAccepted(.init(count: 3, kinds: [:])), "warningsAccepted", #"{"count":3,"warnings":{}}"#),
            (
                .correctionWarningsAccepted(.init(count: 1, kinds: [.paidBefore: 1])), "correctionWarningsAccepted",
                #"{"count":1,"warnings":{"paid_before":1}}"#
            ),
            (.runStarted, "runStarted", nil), (.runEnded(.finished), "runEnded", #"{"outcome":"finished"}"#),
            (
                .runEnded(.paused(.tooManyRefused)), "runEnded",
                #"{"outcome":"paused","reason":"too_many_refused"}"#
            ),
            (
                .runEnded(.bankUnreachable(.bankUnreachable)), "runEnded",
                #"{"outcome":"bankUnreachable","reason":"bank_unreachable"}"#
            ),
            (.paused(.tooManyRefused), "paused", #"{"reason":"too_many_refused"}"#), (.resumed, "resumed", nil),
            (.clockSet, "clockSet", nil), (.putRight(rows: 33), "putRight", #"{"rows":33}"#),
            (.claimed, "claimed", nil),
            (.settled(nil), "settled", nil), (.settled(.interrupted), "settled", #"{"reason":"interrupted"}"#),
            (.reversed, "reversed", nil), (.attemptOfLostLedger, "attemptOfLostLedger", nil),
            (.asked(.aboutUnknown, nil), "askedAboutUnknown", nil),
            (.asked(.beforeSending, .failedAtBank), "askedBeforeSending", #"{"reason":"failed_at_bank"}"#),
            (.asked(.beforeRerun, nil), "askedBeforeRerun", nil),
            (
                .corrected(changes), "corrected",
                #"{"changes":{"account":{"from":"20208000900123456001","to":"20208000900123456002"},"#
                    + #""amountTiyin":{"from":1,"to":2},"exp":true,"mfo":{"from":"01183","to":"01184"},"#
                    + #""pan":{"from":"860006******6311","to":"986000******0018"}}}"#
            ),
            (.decided(note: "№ 17"), "decided", #"{"note":"№ 17"}"#),
            (
                .decided(note: "№ 19", evidence: .letter), "decided", #"{"evidence":"letter","note":"№ 19"}"#
            ),
            (
                .verdictProposed(RowVerdict(.notPaid, evidence: .statement, note: "№ 20")), "verdictProposed",
                #"{"evidence":"statement","note":"№ 20","verdict":"notPaid"}"#
            ),
            (.namesErased(rows: 3), "namesErased", #"{"rows":3}"#),
            (.withdrawn(note: "№ 18"), "withdrawn", #"{"note":"№ 18"}"#),
        ]
        + EventCause.Questions.Subject.allCases.map {
            (
                .bankAsked(.init(about: $0, asked: 5, settled: 3)), "bankAsked",
                #"{"asked":5,"settled":3,"subject":"\#($0.rawValue)"}"#
            )
        }

    private static var totals: ControlTotals { ControlTotals(rows: 60, sum: Tiyin(5_265_561_216)) }

    @Test func everyKindIsTested() {
        #expect(Set(Self.causes.map(\.cause.kind)) == Set(EventKind.allCases))
    }

    @Test(arguments: causes.indices)
    func everyStoredEventIsReadBackUnchanged(place: Int) throws {
        let (cause, kind, detail) = Self.causes[place]
        #expect(cause.kind.rawValue == kind)
        #expect(try cause.detail() == detail)
        #expect(try EventCause(cause.kind, detail: detail) == cause)
    }

    @Test func anEventWithoutARequiredPartIsNotRead() {
        for kind in [EventKind.imported, .bound, .runEnded, .bankAsked, .corrected, .decided, .paused, .putRight] {
            #expect(throws: EventCause.MissingDetail.self) { try EventCause(kind, detail: nil) }
        }
        #expect(throws: (any Error).self) { try EventCause(.runEnded, detail: #"{"outcome":"exploded"}"#) }
    }

    @Test(arguments: causes.indices)
    func everyCauseHasATextInEveryLanguage(place: Int) throws {
        let cause = Self.causes[place].cause
        let texts = Language.allCases.map { Self.report(in: $0).text(of: cause) }
        if cause == .claimed || cause == .settled(nil) {
            #expect(texts == ["", "", ""])
            return
        }
        for (language, text) in zip(Language.allCases, texts) {
            #expect(!text.isEmpty && !text.contains("{") && !text.contains("_"), "\(language): \(text)")
        }
        switch cause {
        // A person's own words and a bank's address are the same in every language.
        case .decided, .withdrawn, .bound: break
        default: #expect(Set(texts).count == texts.count, "\(texts)")
        }
        let russian = try #require(zip(Language.allCases, texts).first { $0.0 == .ru }?.1)
        #expect(!russian.contains(/[A-Za-z]{2,}/), "\(russian)")
    }

    @Test func anApproverSeesNoSums() {
        for cause in [
            EventCause.imported(Self.totals), .approved(Self.totals), .approved(Self.totals, .code),
            .sendingConfirmed(Self.totals, .code), .putRight(rows: 61), .namesErased(rows: 61),
            .corrected(Self.changes),
            .bankAsked(.init(about: .notSent, asked: 61, settled: 61)),
        ] {
            let text = Self.report(in: .en).text(of: cause, hidesSums: true)
            #expect(["61", "60 ", "52", "0,02"].allSatisfy { !text.contains($0) }, "\(text)")
        }
    }

    @Test func totalsAreCountedInTheFormsOfTheLanguage() {
        let texts = [1, 3, 5].map {
            Self.report(in: .ru).text(of: ControlTotals(rows: $0, sum: Tiyin(100)))
        }
        #expect(texts == ["1 строка на 1,00 сум", "3 строки на 1,00 сум", "5 строк на 1,00 сум"])
    }

    private static func report(in language: Language) -> Report {
        Report(
            language: language, catalogue: OtherBankCatalogue(),
            stamp: ReportStamp(by: "dilnoza", at: Date(timeIntervalSince1970: 0), timeZone: .gmt))
    }
}
