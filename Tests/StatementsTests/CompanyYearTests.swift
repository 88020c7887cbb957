import Foundation
import PaymentValues
import Sandbox
import Statements
import Testing

@Suite struct CompanyYearTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let month: Int
        let format: IssuedStatement.Format
        let naming: CompanyYear.Naming
        let lines: CompanyYear.Lines
        let commission: CompanyYear.Commission
        var testDescription: String { "\(month) \(format) \(naming) \(lines) \(commission)" }
    }

    static let cases: [Case] = {
        var cases: [Case] = []
        var month = 0
        for naming in CompanyYear.Naming.allCases {
            for lines in CompanyYear.Lines.allCases {
                for commission in CompanyYear.Commission.allCases {
                    let format = IssuedStatement.Format.allCases[month % IssuedStatement.Format.allCases.count]
                    cases.append(
                        Case(
                            month: month % 12 + 1, format: format, naming: naming, lines: lines, commission: commission)
                    )
                    month += 1
                }
            }
        }
        return cases
    }()

    @Test(arguments: cases) func everySeededFaultIsFoundAndNoneIsFalse(_ month: Case) throws {
        for seed in UInt64(1)...3 {
            var year = CompanyYear(seed: seed &* 1000 &+ UInt64(month.month))
            let issued = year.month(
                month.month, batches: 4, rows: 60, naming: month.naming, lines: month.lines,
                commission: month.commission,
                faults: CompanyYear.Fault.allCases)
            let bytes = issued.statement.bytes(month.format)
            let statement = try StatementReader.read(bytes)
            #expect(statement.balances.debits.count == issued.statement.debitTiyin)
            let agreement = try StatementMatching.agreement(statement, bytes, issued.payouts)
            var wrong: [String] = []
            var seen: Set<CompanyYear.PayoutKey> = []
            agreement.forEachPayout { found in
                let key = CompanyYear.PayoutKey(batch: found.payout.batch, row: found.payout.row)
                seen.insert(key)
                if issued.expected[key] != found.outcome {
                    wrong.append(
                        "\(key) \(String(describing: issued.expected[key])) \(found.outcome) \(found.evidence)")
                }
            }
            #expect(wrong.isEmpty, "seed \(seed): \(wrong.prefix(5))")
            #expect(seen.count == issued.expected.count)
            for outcome in MatchOutcome.allCases {
                #expect(
                    agreement.debits[outcome]?.sum.count ?? 0 == issued.debits[outcome] ?? 0, "seed \(seed): \(outcome)"
                )
                #expect(
                    agreement.credits[outcome]?.sum.count ?? 0 == issued.credits[outcome] ?? 0,
                    "seed \(seed): \(outcome)")
            }
            #expect(agreement.missingCommissions.sum.count == issued.missingCommission)
        }
    }

    /// Twelve statements in all formats, one after the other. `PAYOUT_YEAR_PAYOUTS=1000000` makes the year of a large
    /// company.
    @Test func aYearAgreesToTheTiyin() throws {
        let size = ProcessInfo.processInfo.environment["PAYOUT_YEAR_PAYOUTS"].flatMap(Int.init) ?? 6000
        var year = CompanyYear(seed: 2026)
        var faults: [CompanyYear.Fault: Int] = [:]
        var closing: Tiyin?
        for month in 1...12 {
            let batches = 8
            let issued = year.month(
                month, batches: batches, rows: max(size / 12 / batches, 10), naming: month % 3 == 0 ? .card : .ids,
                lines: month % 4 == 0 ? .perBatch : .perPayout, commission: CompanyYear.Commission.allCases[month % 4],
                faults: CompanyYear.Fault.allCases)
            let bytes = issued.statement.bytes(
                IssuedStatement.Format.allCases[month % IssuedStatement.Format.allCases.count])
            let statement = try StatementReader.read(bytes)
            #expect(closing == nil || closing == statement.balances.opening)
            closing = statement.balances.closing
            let agreement = try StatementMatching.agreement(statement, bytes, issued.payouts)
            var wrong = 0
            agreement.forEachPayout { found in
                let key = CompanyYear.PayoutKey(batch: found.payout.batch, row: found.payout.row)
                if issued.expected[key] != found.outcome { wrong += 1 }
            }
            #expect(wrong == 0, "month \(month)")
            for outcome in MatchOutcome.allCases {
                #expect(agreement.debits[outcome]?.sum.count ?? 0 == issued.debits[outcome] ?? 0, "\(month) \(outcome)")
                #expect(
                    agreement.credits[outcome]?.sum.count ?? 0 == issued.credits[outcome] ?? 0, "\(month) \(outcome)")
            }
            faults.merge(issued.faults, uniquingKeysWith: +)
        }
        for fault in CompanyYear.Fault.allCases { #expect(faults[fault, default: 0] > 3, "\(fault)") }
    }
}
