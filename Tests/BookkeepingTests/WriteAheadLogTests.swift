import Fixtures
import Foundation
import GRDB
import Payouts
import Testing

@testable import Bookkeeping

/// Compares the inspector with SQLite. It must never report more frames than SQLite reads, and must report what SQLite
/// skips.
@Suite struct WriteAheadLogTests {
    static let seed = TestSetting.seed.number(else: 20_261_130)

    private let log: WrittenLog

    init() throws {
        log = try WrittenLog(transactions: 12)
    }

    private func inspect(_ bytes: Data) throws -> WriteAheadLog.State {
        let folder = try TemporaryFolder()
        try bytes.write(to: URL(fileURLWithPath: folder.path("x.sqlite-wal")))
        return try WriteAheadLog(ofDatabaseAt: folder.path("x.sqlite")).inspect()
    }

    private func isDamaged(_ state: WriteAheadLog.State) -> Bool {
        if case .damaged = state { true } else { false }
    }

    @Test func aWholeLogIsSound() throws {
        #expect(log.ends.count == 12 && log.ends.last! > 40)
        #expect(try inspect(log.bytes) == .sound(frames: log.frames, tail: .nothing))
        #expect(try log.framesThatSQLiteReads(in: log.bytes) == log.frames)
    }

    @Test func aMissingLogIsEmpty() throws {
        let folder = try TemporaryFolder()
        #expect(try WriteAheadLog(ofDatabaseAt: folder.path("x.sqlite")).inspect() == .empty)
        for nothing in [Data(), log.bytes.prefix(31), Data(count: 100), Data(count: 3_000_000)] {
            #expect(try inspect(nothing) == .empty, "\(nothing.count) bytes")
        }
        #expect(try inspect(log.bytes.prefix(32)) == .sound(frames: 0, tail: .nothing))
    }

    @Test func anUnreadableLogIsAnErrorAndNotEmpty() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("x.sqlite-wal")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: LedgerError.self) { try WriteAheadLog(ofDatabaseAt: folder.path("x.sqlite")).inspect() }
    }

    /// Covers every region of a frame and some hundred of its bits.
    @Test(arguments: WrittenLog.Region.allCases)
    func aFlippedBitInACommittedFrameIsDamage(region: WrittenLog.Region) throws {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<120 {
            let frame = Int.random(in: 1...log.frames, using: &random)
            let bit = Int.random(in: 0..<region.bytes.count * 8, using: &random)
            let bytes = log.flipping(bit: bit, of: region, inFrame: frame)
            let state = try inspect(bytes)
            let what: Comment = "seed \(Self.seed), round \(round), frame \(frame), bit \(bit): \(state)"
            // The transaction of the frame, and the number of transactions after it.
            let transaction = try #require(log.ends.firstIndex { frame <= $0 })
            let readable = transaction == 0 ? 0 : log.ends[transaction - 1]
            let behind = log.ends.count - 1 - transaction
            let damage = WriteAheadLog.State.damaged(
                .frame(
                    number: frame, readable: readable, lost: log.frames - frame + (region == .salts ? 0 : 1)))
            if behind >= 2 || behind == 1 && frame < log.ends[transaction] - 1 {
                #expect(state == damage, what)
            } else if behind == 0 {
                #expect(!isDamaged(state), what)
            }
            if !isDamaged(state) {
                let isLast = frame == log.frames && region == .salts
                #expect(state == .sound(frames: readable, tail: isLast ? .leftovers : .unfinished), what)
            }
            #expect(try log.framesThatSQLiteReads(in: bytes) == readable, what)
        }
    }

    @Test func aFlippedBitInTheHeaderIsDamageIfFramesFollow() throws {
        for bit in 0..<WriteAheadLog.Header.size * 8 {
            var bytes = log.bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(try inspect(bytes) == .damaged(.header), "bit \(bit)")
            #expect(try inspect(bytes.prefix(200)) == .empty, "bit \(bit)")
            bytes.replaceSubrange(32..., with: Data(count: bytes.count - 32))
            #expect(try inspect(bytes) == .empty, "bit \(bit)")
        }
        var blank = log.bytes
        blank.replaceSubrange(..<32, with: Data(count: 32))
        #expect(try inspect(blank) == .damaged(.header))
    }

    /// A truncated log is a valid log: only something outside the log can show the loss.
    @Test func aTruncatedLogEndsWithItsLastWholeTransaction() throws {
        var random = SeededGenerator(seed: Self.seed)
        for frame in 0..<log.frames {
            for rest in [0, 1, 23, 24, Int.random(in: 25..<log.frameSize, using: &random)] {
                let bytes = log.bytes.prefix(32 + frame * log.frameSize + rest)
                let readable = log.ends.last { $0 <= frame } ?? 0
                let isWhole = rest == 0 && readable == frame
                #expect(
                    try inspect(bytes) == .sound(frames: readable, tail: isWhole ? .nothing : .unfinished),
                    "frame \(frame), \(rest) bytes")
            }
        }
    }

    /// A power cut may keep, lose or tear at a sector each write of the last transaction.
    @Test func aTornLastTransactionIsTheEndOfASoundLog() throws {
        var random = SeededGenerator(seed: Self.seed)
        let last = log.ends[log.ends.count - 2]
        for round in 0..<200 {
            var bytes = log.bytes
            for frame in last..<log.frames where Bool.random(using: &random) || frame == last {
                let from = Int.random(in: 0..<log.frameSize / 512, using: &random) * 512
                let start = 32 + frame * log.frameSize
                bytes.replaceSubrange(start + from..<start + log.frameSize, with: Data(count: log.frameSize - from))
            }
            let state = try inspect(bytes)
            guard case .sound(let frames, _) = state else {
                Issue.record("seed \(Self.seed), round \(round): \(state)")
                continue
            }
            #expect(frames == last, "seed \(Self.seed), round \(round)")
            #expect(try log.framesThatSQLiteReads(in: bytes) == last)
        }
    }

    /// A shorter committed transaction overwrites a torn one. The end of the torn one follows it, with a commit mark.
    @Test func theRestOfATornTransactionAfterACommittedOneIsNotDamage() throws {
        let torn = try WrittenLog(transactions: 3, rowsOfLast: 60)
        var bytes = torn.bytes
        bytes[32 + torn.ends[1] * torn.frameSize + 100] ^= 1
        #expect(try inspect(bytes) == .sound(frames: torn.ends[1], tail: .unfinished))
        for _ in 1...3 {
            let goneOn = try WrittenLog(goingOnFrom: torn, with: bytes)
            #expect(goneOn.bytes.count == torn.bytes.count)
            #expect(try inspect(goneOn.bytes) == .sound(frames: goneOn.ends[0], tail: .unfinished))
            // The transaction may be torn again. None of the frames after its commit continues it.
            var tornAgain = goneOn.bytes
            let before = try torn.framesThatSQLiteReads(in: bytes)
            tornAgain[32 + before * torn.frameSize + 100] ^= 1
            #expect(try inspect(tornAgain) == .sound(frames: before, tail: .unfinished))
            bytes = goneOn.bytes
        }
        // But once another transaction follows the commit, the damage counts.
        bytes[32 + torn.ends[1] * torn.frameSize + 100] ^= 1
        #expect(isDamaged(try inspect(bytes)))
    }

    @Test func aTransactionThatWasRolledBackIsTheEndOfASoundLog() throws {
        let spilled = try WrittenLog(transactions: 2, takingBack: true)
        #expect(spilled.frames > spilled.ends[1])
        #expect(try inspect(spilled.bytes) == .sound(frames: spilled.ends[1], tail: .unfinished))
        #expect(try spilled.framesThatSQLiteReads(in: spilled.bytes) == spilled.ends[1])
    }

    @Test func aLogThatStartedAgainOverALongerOneIsSoundAndItsOwnDamageIsFound() throws {
        let begun = try WrittenLog(transactions: 12, beginningAgainWith: 4)
        #expect(begun.ends.count == 4 && begun.frames > begun.ends[3])
        #expect(try inspect(begun.bytes) == .sound(frames: begun.ends[3], tail: .leftovers))
        #expect(try begun.framesThatSQLiteReads(in: begun.bytes) == begun.ends[3])

        let second = begun.flipping(bit: 77, of: .page, inFrame: begun.ends[0] + 1)
        #expect(
            try inspect(second)
                == .damaged(
                    .frame(number: begun.ends[0] + 1, readable: begun.ends[0], lost: begun.ends[3] - begun.ends[0])))
        // The rest of the earlier generation has long been in the database.
        for region in WrittenLog.Region.allCases {
            let leftover = begun.flipping(bit: 5, of: region, inFrame: begun.ends[3] + 2)
            #expect(try inspect(leftover) == .sound(frames: begun.ends[3], tail: .leftovers), "\(region)")
        }
        // The log was started again, and the program stopped before the first frame.
        let head = begun.bytes.prefix(32) + log.bytes.dropFirst(32)
        #expect(try inspect(head) == .sound(frames: 0, tail: .leftovers))
    }

    /// The byte order depends on the machine that started the log.
    @Test func aLogOfAMachineWithTheOtherByteOrderIsReadAsWell() throws {
        let other = log.inTheOtherByteOrder
        #expect(other[3] != log.bytes[3] && other.count == log.bytes.count)
        #expect(try log.framesThatSQLiteReads(in: other) == log.frames)
        #expect(try inspect(other) == .sound(frames: log.frames, tail: .nothing))
        let bad = WrittenLog(log, bytes: other).flipping(bit: 9, of: .page, inFrame: 3)
        #expect(isDamaged(try inspect(bad)))
    }

    @Test(arguments: [512, 1024, 65_536]) func pagesOfAnySizeAreRead(pageSize: Int) throws {
        let log = try WrittenLog(transactions: 4, pageSize: pageSize)
        #expect(log.frameSize == pageSize + 24)
        #expect(try inspect(log.bytes) == .sound(frames: log.frames, tail: .nothing))
        #expect(isDamaged(try inspect(log.flipping(bit: 9, of: .page, inFrame: 1))))
    }

    @Test func theLogOfALedgerIsSoundAndADamagedOneSaysHowMuchWouldBeLost() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger(in: folder)
        _ = try ledger.importBatch(Samples.batch(rows: 20), isDeliberate: false)
        let commits = CommitQueue(ledger: ledger)
        for payout in try ledger.pending(
            in: try ledger.batch(named: "payroll"), senderName: "ACME", after: 0, limit: 20)
        {
            _ = try await commits.claim(payout)
            try await commits.settle(payout.attempt, as: .paid(Samples.receipt))
        }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("payouts.sqlite-wal")))
        guard case .sound(let frames, .nothing) = try inspect(bytes) else {
            Issue.record("a ledger's log is not sound")
            return
        }
        bytes[bytes.count / 2] ^= 4
        guard case .damaged(.frame(let number, let readable, let lost)) = try inspect(bytes) else {
            Issue.record("the damage was not seen")
            return
        }
        #expect(readable < number && number - 1 + lost == frames)
        withExtendedLifetime(ledger) {}
    }
}
