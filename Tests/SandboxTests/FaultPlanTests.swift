import Fixtures
import Foundation
import Testing

@testable import Sandbox

@Suite struct FaultPlanTests {
    @Test func readsNamesAndFractions() throws {
        let plan = try FaultPlan(parsing: " close-after-debit=0.02, http-503=0.01,slow=0.05 ")
        #expect(plan.shares.map(\.fault) == [.closeAfterDebit, .http503, .slow])
        #expect(plan.shares.map(\.fraction) == [0.02, 0.01, 0.05])
        #expect(try FaultPlan(parsing: "") == .none)
    }

    @Test(arguments: [
        ("sloow=0.1", FaultPlanError.unknownFault("sloow")),
        ("slow", .notNameAndNumber("slow")),
        ("slow=often", .notAFraction(.slow, "often")),
        ("slow=1.5", .notAFraction(.slow, "1.5")),
        ("slow=nan", .notAFraction(.slow, "nan")),
        ("slow=0.1,slow=0.2", .named(twice: .slow)),
        ("slow=0.6,http-503=0.5", .moreThanAll(.pay)),
    ])
    func namesTheMistake(_ text: String, _ error: FaultPlanError) {
        #expect(throws: error) { try FaultPlan(parsing: text) }
    }

    @Test func anUnknownNameIsAnsweredWithTheKnownOnes() {
        let text = FaultPlanError.unknownFault("x").description
        for fault in Fault.allCases { #expect(text.contains(fault.rawValue)) }
    }

    @Test func theDrawFollowsFromSeedIDAndSend() throws {
        let plan = try FaultPlan(parsing: "slow=0.2,http-503=0.1")
        func draw(seed: UInt64, send: Int) -> [Fault?] {
            (1...2000).map { plan.fault(of: .pay, seed: seed, id: Int64($0), number: send) }
        }
        #expect(draw(seed: 7, send: 1) == draw(seed: 7, send: 1))
        #expect(draw(seed: 7, send: 1) != draw(seed: 8, send: 1))
        #expect(draw(seed: 7, send: 1) != draw(seed: 7, send: 2))
        let hits = draw(seed: 7, send: 1)
        #expect((320...480).contains(hits.count { $0 == .slow }))
        #expect((140...260).contains(hits.count { $0 == .http503 }))
    }

    @Test func eachKindOfRequestHasItsOwnDraw() throws {
        let plan = try FaultPlan(parsing: "slow=0.9,status-hang=0.8,login-refused=0.7,refresh-refused=1")
        func hits(_ kind: RecordedRequest.Path) -> [Bool] {
            (1...400).map { plan.fault(of: kind, seed: 1, id: Int64($0), number: 1) != nil }
        }
        #expect(hits(.refresh).allSatisfy { $0 })
        #expect(hits(.pay) != hits(.status))
        #expect(!hits(.other).contains(true))
        #expect(throws: FaultPlanError.moreThanAll(.status)) {
            try FaultPlan(parsing: "slow=0.9,status-hang=0.8,status-error=0.3")
        }
    }

    @Test func readsHowLongFaultsTake() throws {
        let durations = try FaultDurations(parsing: "slow=90, late-debit=0.5")
        #expect(durations[.slow] == .seconds(90))
        #expect(durations[.lateDebit] == .milliseconds(500))
        #expect(durations[.reversedLater] == .seconds(60))
    }

    @Test(arguments: [
        ("cut-body=1", FaultPlanError.takesNoTime(.cutBody)), ("slow=soon", .notSeconds(.slow, "soon")),
        ("slow=-1", .notSeconds(.slow, "-1")), ("slow=86401", .notSeconds(.slow, "86401")),
    ])
    func namesTheMistakeInADuration(_ text: String, _ error: FaultPlanError) {
        #expect(throws: error) { try FaultDurations(parsing: text) }
    }

    @Test func theDocumentListsEveryFault() throws {
        let page = Checkout.file("docs/sandbox.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
        let names = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(names.filter { !$0.hasPrefix("8600 ") } == Fault.allCases.map(\.rawValue))
        for fault in Fault.allCases {
            guard let seconds = fault.usualDuration.map({ $0.components.seconds }) else { continue }
            let row = try #require(rows.first { $0.hasPrefix("| `\(fault.rawValue)`") })
            #expect(row.contains(" \(seconds) s"), "\(row)")
        }
    }
}
