import Foundation
import Payouts
import Testing

@testable import PayoutFiles

@Suite struct MutationTests {
    /// SplitMix64, so that a seed is a whole run.
    struct SeededBytes: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test(arguments: [1, 20_261_123, 77_777] as [UInt64])
    func damagedFilesNeverCrashAndNeverYieldARowThatBreaksARule(seed: UInt64) {
        var random = SeededBytes(state: seed)
        let rows = (0..<6).map { PayrollText.row(pan: PayrollText.cards[$0 % 3], amount: "\($0 + 1)000", more: ",Ali") }
        let valid = Array(([PayrollText.header + ",name"] + rows).joined(separator: "\n").utf8)
        let marks = Array("\",;\t\n\r= 0123456789.-\u{A0}\u{301}\u{FEFF}\0E".utf8)
        for round in 0..<700 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte =
                    Bool.random(using: &random)
                    ? marks.randomElement(using: &random) : UInt8.random(in: 0...255, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte ?? 0
                case 1: bytes.insert(byte ?? 0, at: place)
                default: bytes.remove(at: place)
                }
            }
            let file = PayrollText.read(Data(bytes))
            #expect(keepsTheRules(file), "seed \(seed), round \(round)")
        }
    }

    private func keepsTheRules(_ file: ReadFile) -> Bool {
        let sum = file.payouts.reduce(Int64(0)) { $0 + $1.amount.count }
        let areOrdered = zip(file.payouts, file.payouts.dropFirst()).allSatisfy { $0.row < $1.row }
        let badRows = Set(file.errors.compactMap(\.row))
        let areGood = file.payouts.allSatisfy { payout in
            payout.account.digits.wholeMatch(of: /[0-9]{20}/) != nil
                && payout.bankCode.digits.wholeMatch(of: /[0-9]{5}/) != nil
                && payout.card.digits.wholeMatch(of: /[0-9]{16}/) != nil
                && !payout.expiry.isPast(month: 11, year: 2026) && payout.amount > .zero
                && !badRows.contains(payout.row)
        }
        let areMasked = file.findings.allSatisfy { finding in
            PayrollText.cards.allSatisfy { !(finding.value ?? "").contains($0) }
        }
        return file.totals == ControlTotals(rows: file.payouts.count, sum: Tiyin(sum)) && areOrdered && areGood
            && areMasked
    }
}
