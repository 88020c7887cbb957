import Testing

@testable import Statements

@Suite struct PartSearchTests {
    @Test func theOnlyPartIsFound() {
        #expect(PartSearch.parts(of: 11, from: [1, 3, 7, 20]) == .one([0, 1, 2]))
        #expect(PartSearch.parts(of: 12, from: [1, 3, 7, 20]) == .none)
        #expect(PartSearch.parts(of: 0, from: [1, 3]) == .none)
    }

    @Test func twoPartsWithOneSumAreBothShown() {
        guard case .several(let first, let second) = PartSearch.parts(of: 10, from: [3, 7, 10, 99]) else {
            Issue.record("there are two")
            return
        }
        #expect(Set([first, second]) == [[0, 1], [2]])
    }

    /// Compares with the plain search over all parts.
    @Test func theSearchIsExact() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<200 {
            let amounts = (0..<(2 + random.next(9))).map { _ in Int64(1 + random.next(30)) }
            let sum = Int64(1 + random.next(80))
            let parts = (1..<(1 << amounts.count)).filter { mask in
                amounts.indices.reduce(Int64(0)) { mask & 1 << $1 != 0 ? $0 + amounts[$1] : $0 } == sum
            }
            switch PartSearch.parts(of: sum, from: amounts) {
            case .none: #expect(parts.isEmpty)
            case .one(let part): #expect(parts.count == 1 && part.reduce(0) { $0 | 1 << $1 } == parts[0])
            case .several: #expect(parts.count > 1)
            }
        }
    }

    @Test func theLargestSearchEnds() {
        let amounts = (0..<PartSearch.most).map { Int64(1_000_003 + $0 * $0 * 7919) }
        #expect(PartSearch.parts(of: amounts.reduce(0, +), from: amounts) == .one(Array(amounts.indices)))
    }
}
