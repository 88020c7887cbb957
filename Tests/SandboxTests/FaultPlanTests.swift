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
    func namesWhatIsWrong(_ text: String, _ error: FaultPlanError) {
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
}
