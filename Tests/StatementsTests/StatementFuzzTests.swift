import Fixtures
import PaymentValues
import Sandbox
import Testing

@testable import Statements

@Suite struct StatementFuzzTests {
    private struct Tally: Sendable {
        var accepted = 0
        var refused = 0
        var lines = 0
    }

    private struct RuleBroken: Error {
        let rule: String
    }

    private static func demand(_ isKept: Bool, _ rule: String) throws {
        if !isKept { throw RuleBroken(rule: rule) }
    }

    /// `PAYOUT_FUZZ_ROUNDS` plays more rounds, `PAYOUT_TEST_SEED` others, `PAYOUT_FUZZ_FROM` begins with a round.
    @Test func noDamagedStatementBreaksARule() async throws {
        let run = FuzzRun(rounds: 4000)
        let statement = StatementReaderTests.issued()
        let texts = IssuedStatement.Format.allCases.map { (format: $0, bytes: statement.bytes($0)) }
        let tallies = try await run.play(Tally()) { round, tally in
            var random = SeededRandom(seed: run.seed &+ UInt64(round) &* 0x9E37_79B9)
            let text = texts[random.next(texts.count)]
            let damaged =
                text.format == .workbook && random.next(4) > 0
                ? Self.damagedInside(text.bytes, &random) : Self.damaged(text.bytes, &random)
            try Self.read(damaged, pieceSize: 1 + random.next(200), &tally)
        }
        let (accepted, refused) = tallies.reduce((0, 0)) { ($0.0 + $1.accepted, $0.1 + $1.refused) }
        print("\(run.rounds.count) statements with seed \(run.seed): \(accepted) accepted, \(refused) refused")
        guard run.rounds.count >= 4000 else { return }
        #expect(accepted > 200 && refused > 1000)
    }

    private static func read(_ bytes: [UInt8], pieceSize: Int, _ tally: inout Tally) throws {
        let box = Box<[StatementLine]>([])
        let statement: BankStatement
        do {
            statement = try StatementReader.read(bytes, pieceSize: pieceSize) { box.value.append(copy $0) }
        } catch let rejected as StatementRejected {
            try demand(rejected.count > 0 && !rejected.findings.isEmpty, "a refusal has a finding")
            tally.refused += 1
            return
        }
        tally.accepted += 1
        tally.lines += box.value.count
        let debits = box.value.filter(\.isDebit).reduce(0) { $0 + $1.amount.count }
        let credits = box.value.filter { !$0.isDebit }.reduce(0) { $0 + $1.amount.count }
        let balances = statement.balances
        try demand(balances.debits.count == debits && balances.credits.count == credits, "the turnovers are the lines")
        try demand(balances.opening.count + credits - debits == balances.closing.count, "the balances add up")
        try demand(statement.lines == box.value.count, "every line is counted")
        try demand(
            box.value.allSatisfy { statement.period.contains($0.day) && $0.amount > .zero },
            "a line has a day of the period and a positive amount")
    }

    private static func damaged(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.next(4) {
            let place = random.next(bytes.count)
            switch random.next(5) {
            case 0: bytes[place] = UInt8(random.next(256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[random.next(bytes.count)], at: place)
            case 3: bytes.removeSubrange(place..<min(place + random.next(200), bytes.count))
            default: bytes.insert(contentsOf: bytes[place..<min(place + random.next(300), bytes.count)], at: place)
            }
            if bytes.isEmpty { bytes = [0] }
        }
        return bytes
    }

    /// Damages the rows of a sheet, in an archive whose checksums are right.
    private static func damagedInside(_ workbook: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        let text = String(decoding: workbook, as: UTF8.self)
        guard let start = text.firstRange(of: "<sheetData>"), let end = text.firstRange(of: "</sheetData>") else {
            return workbook
        }
        let rows = damaged(Array(text[start.upperBound..<end.lowerBound].utf8), &random)
        return WrittenWorkbook.bytes(sheets: [(name: "Выписка", rows: String(decoding: rows, as: UTF8.self))])
    }
}
