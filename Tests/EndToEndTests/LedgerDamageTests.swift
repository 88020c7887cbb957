import Fixtures
import Foundation
import Testing

/// Damages a real ledger in ways drawn by a seed, and then follows the program's advice. No row may be paid twice, and
/// in the end each row must be paid.
@Suite(.oneAtATime) struct LedgerDamageTests {
    static let seed = TestSetting.seed.number(else: 20_261_201)

    enum Damage: CaseIterable {
        case nothing
        case bitOfLedger, bitOfLog, bitOfJournal
        case ledgerCut, logCut, journalCut
        case ledgerDeleted, ledgerAndLogDeleted, logDeleted, sharedMemoryDeleted, journalDeleted, ledgerEmptied
        case ledgerOlder, logOlder, journalOlder

        /// Whether the damage removes the only evidence that the ledger is an older copy.
        var isOfTheJournal: Bool { [.bitOfJournal, .journalCut, .journalDeleted, .journalOlder].contains(self) }
    }

    @Test(arguments: 0..<40) func noRowIsPaidTwiceAfterAnyDamageToTheLedger(round: Int) async throws {
        var story = try await DamageStory(seed: Self.seed, round: round)
        try await story.play()
    }
}

/// One ledger, its damages, and a person who follows the program's advice.
private struct DamageStory {
    typealias Damage = LedgerDamageTests.Damage

    private let company: PayingCompany
    private let damages: [Damage]
    private var random: SeededGenerator
    private let name: String
    /// A sound copy of an earlier moment, like a backup.
    private var older = LedgerFiles.Copy.none
    private var olderLog = LedgerFiles.Copy.none
    private var told: [String] = []

    init(seed: UInt64, round: Int) async throws {
        random = SeededGenerator(seed: seed &+ UInt64(round) &* 1_000_003)
        company = try await PayingCompany()
        var damages = [Damage.allCases[(Int(seed % 997) + round) % Damage.allCases.count]]
        // Apply two damages at once, unless one removes the only evidence of the other.
        if !damages[0].isOfTheJournal, Int.random(in: 0..<4, using: &random) == 0 {
            let second: [Damage] = [.sharedMemoryDeleted, .logCut, .bitOfLog]
            damages.append(second[Int.random(in: second.indices, using: &random)])
        }
        self.damages = damages
        name = "seed \(seed), round \(round), \(damages)"
    }

    mutating func play() async throws {
        if Bool.random(using: &random) {
            try await company.importFile()
            try remember()
        }
        try await company.runToKill(at: Int.random(in: 4...14, using: &random))
        if older.isEmpty || Bool.random(using: &random) { try remember() }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: break
        case 1: try await company.runToKill(at: Int.random(in: 18...30, using: &random))
        default:
            // Pay all rows or nearly all: then the log is in the ledger.
            for _ in 1...3 { _ = try await company.run() }
        }
        try company.expectNoRowPaidTwice("before the damage: \(name)")
        for damage in damages { try befall(damage) }
        try await follow()
        try company.expectNoRowPaidTwice("\(name): \(told)")
        #expect(try company.bank.debits().count == company.rows, "\(name): \(told)")
    }

    private mutating func remember() throws {
        older = try company.files.copy([.ledger, .log, .journal])
        olderLog = try company.files.copy([.log])
    }

    // MARK: The damages

    private mutating func befall(_ damage: Damage) throws {
        let files = company.files
        switch damage {
        case .nothing: break
        case .bitOfLedger: try flip(.ledger)
        case .bitOfLog: try flip(.log)
        case .bitOfJournal: try flip(.journal)
        case .ledgerCut: try cut(.ledger)
        case .logCut: try cut(.log)
        case .journalCut: try cut(.journal)
        case .ledgerDeleted: try files.delete(.ledger)
        case .ledgerAndLogDeleted: try files.delete(.ledger, .log, .sharedMemory)
        case .logDeleted: try files.delete(.log)
        case .sharedMemoryDeleted: try files.delete(.sharedMemory)
        case .journalDeleted: try files.delete(.journal)
        case .ledgerEmptied: try files.cut(.ledger, to: 0)
        case .ledgerOlder: try files.putBack(older.only([.ledger, .log]))
        case .logOlder: try files.putBack(olderLog)
        case .journalOlder: try files.putBack(older.only([.journal]))
        }
    }

    private mutating func flip(_ part: LedgerFiles.Part) throws {
        let size = try company.files.size(of: part)
        if size > 0 { try company.files.flip(bit: Int.random(in: 0..<size * 8, using: &random), of: part) }
    }

    /// Cuts the file at a page or frame, or anywhere.
    private mutating func cut(_ part: LedgerFiles.Part) throws {
        let size = try company.files.size(of: part)
        guard size > 0 else { return }
        var end = Int.random(in: 0..<size, using: &random)
        if part == .log, end > 32, Bool.random(using: &random) {
            end = 32 + (end - 32) / LedgerFiles.frameSize * LedgerFiles.frameSize
        }
        if part == .ledger, Bool.random(using: &random) { end = end / 4096 * 4096 }
        try company.files.cut(part, to: end)
    }

    // MARK: The person

    /// Runs again and again as cron does, and follows the program's advice.
    private mutating func follow() async throws {
        for _ in 1...12 {
            let result = try await company.run()
            try company.expectNoRowPaidTwice("\(name): \(told)")
            switch result.status {
            case 0: return
            case 10, 11, 75: told.append("run again")
            case 74, 77: try await takeAdvice(result.errors)
            default:
                Issue.record("\(name): \(told), then status \(result.status): \(result.errors)")
                return
            }
        }
        Issue.record("\(name): not finished after \(told)")
    }

    private mutating func takeAdvice(_ errors: String) async throws {
        func advises(_ word: String) -> Bool { errors.contains("recover \(word)") }
        // The ledger itself was not damaged, and the person knows it.
        let isNewest = damages.allSatisfy { $0.isOfTheJournal || $0 == .sharedMemoryDeleted }
        if advises("--newest"), isNewest, Bool.random(using: &random) {
            try await say("--newest")
        } else if advises("--older") {
            try await say("--older")
        } else if advises("--lost"), Bool.random(using: &random) || told.contains("put back") {
            try await say("--lost")
        } else if !told.contains("put back") {
            told.append("put back")
            try company.files.putBack(older.only([.ledger, .log]))
        } else {
            Issue.record("\(name): \(told), then no way on: \(errors)")
            throw NoWayOn()
        }
    }

    private struct NoWayOn: Error {}

    private mutating func say(_ word: String) async throws {
        told.append(word)
        let result = try await company.program.run("ledger", "recover", word)
        // Without its log a ledger may be empty. Then the program says so, and the person takes the next advice.
        #expect([0, 11, 74].contains(result.status), "\(name): \(told): \(result.errors)")
    }
}
