import Crypto
import Fixtures
import Foundation
import PaymentValues
import Synchronization
import Testing

@testable import Bookkeeping

@Suite struct SendJournalTests {
    private let folder: TemporaryFolder
    private let seal = RecordSeal(key: SymmetricKey(size: .bits256))
    private let journal: SendJournal

    init() throws {
        folder = try TemporaryFolder()
        journal = SendJournal(path: folder.path("ledger.key.0123456789abcdef.sends"), seal: seal, disk: .system)
        try journal.replace(with: Self.header, SendJournalFrame(head: .beginning, entries: []))
    }

    private static let header = SendJournalHeader(
        ledger: LedgerID(bytes: Data(repeating: 7, count: 16)),
        home: LedgerHome(path: "/var/lib/payout/payouts.sqlite", machine: "here"), sealedFingerprintKey: Data([1, 2]),
        isRebuilt: true)
    private static let tag = BatchTag(number: 0xFEDC_BA98_7654_3210)

    private static func id(_ number: Int) -> AgentTransactionID {
        AgentTransactionID(mapping: 23_456_789_012_000 + UInt64(number))
    }

    private static func frame(_ number: Int) -> SendJournalFrame {
        SendJournalFrame(
            head: ChainHead(event: Int64(number), signature: Data(repeating: UInt8(number), count: 16)),
            entries: [.sent(tag, row: number + 1, id: id(number), times: 1)])
    }

    private var bytes: Data {
        get throws { try Data(contentsOf: URL(fileURLWithPath: journal.path)) }
    }

    private func write(_ bytes: Data) throws {
        try bytes.write(to: URL(fileURLWithPath: journal.path))
    }

    /// The same file as another process sees it.
    private var other: SendJournal { SendJournal(path: journal.path, seal: seal, disk: .system) }

    @Test func aFrameIsReadBackAsItWasWritten() throws {
        let entries: [SendJournalEntry] = [
            .batch(Self.tag, reference: "Зарплата май", digest: String(repeating: "5a", count: 32)),
            .sent(Self.tag, row: 7, id: Self.id(1), times: 2), .withdrawn(Self.tag, row: 9), .closed(Self.tag),
            .asksFirst(Self.tag), .takenIn(Self.tag, from: 0x0123_4567_89AB_CDEF, extent: 12),
        ]
        let frame = SendJournalFrame(head: Self.frame(3).head, entries: entries)
        #expect(SendJournalCoding.frame(SendJournalCoding.payload(of: frame)[...]) == frame)
        for length in 1..<9 {
            #expect(SendJournalCoding.frame(SendJournalCoding.payload(of: frame).dropLast(length)) == nil)
        }
    }

    @Test func theLastCommitIsFoundAloneAndAllOfThemByReading() throws {
        for number in 1...5 { try journal.append(Self.frame(number), after: nil).wait() }
        #expect(try other.lastHead() == Self.frame(5).head)
        let (header, contents) = try other.contents()
        #expect(header == Self.header)
        #expect(SendJournal.header(ofFileAt: journal.path) == Self.header)
        #expect(contents.heads == [.beginning] + (1...5).map { Self.frame($0).head })
        #expect(contents.batches[Self.tag]?.sends.count == 5)
    }

    @Test func aCommitIsAppendedOnlyToTheCommitBeforeIt() throws {
        try journal.append(Self.frame(1), after: .beginning).wait()
        try journal.append(Self.frame(2), after: Self.frame(1).head).wait()
        #expect(throws: SendJournal.Unusable.self) { try other.append(Self.frame(3), after: Self.frame(1).head).wait() }
        #expect(try other.contents().contents.heads.last == Self.frame(2).head)
    }

    @Test func theBeginningOfADamagedJournalIsTrustedAndTheFileIsKept() throws {
        for number in 1...5 { try journal.append(Self.frame(number), after: nil).wait() }
        var changed = try bytes
        changed[changed.count - 100] ^= 1
        try write(changed)
        let aside = folder.path("aside")
        let contents = try other.salvage(keepingDamagedAs: aside)
        #expect(contents.heads.last == Self.frame(3).head)
        #expect(FileManager.default.contents(atPath: aside) == changed)
    }

    @Test func twoProcessesAppendInTurn() throws {
        let second = other
        for number in 1...6 {
            try (number.isMultiple(of: 2) ? journal : second).append(Self.frame(number), after: nil).wait()
        }
        #expect(try other.contents().contents.heads.count == 7)
        try second.replace(with: Self.header, Self.frame(7))
        try journal.append(Self.frame(8), after: nil).wait()
        #expect(try other.contents().contents.heads == [Self.frame(7).head, Self.frame(8).head])
    }

    @Test func aTornFrameIsIgnoredAndTheNextOneOverwritesIt() throws {
        for number in 1...3 { try journal.append(Self.frame(number), after: nil).wait() }
        let (whole, length) = (
            try bytes, SendJournalCoding.payload(of: Self.frame(3)).count + SendJournalCoding.overhead
        )
        for cut in 1..<length {
            try write(whole.dropLast(cut))
            #expect(try other.lastHead() == Self.frame(2).head, "cut by \(cut)")
            try other.append(Self.frame(4), after: nil).wait()
            #expect(try other.contents().contents.heads.suffix(2) == [Self.frame(2).head, Self.frame(4).head])
        }
    }

    @Test func aChangedByteBeforeTheLastFrameIsDamage() throws {
        for number in 1...3 { try journal.append(Self.frame(number), after: nil).wait() }
        let whole = try bytes
        let last = SendJournalCoding.payload(of: Self.frame(3)).count + SendJournalCoding.overhead
        for place in stride(from: 0, to: whole.count - last, by: 3) {
            var changed = whole
            changed[place] ^= 0x10
            try write(changed)
            #expect(throws: SendJournal.Unusable.self, "byte \(place)") { try other.contents() }
        }
    }

    @Test func aJournalOfAnotherKeyIsNotTrusted() throws {
        try journal.append(Self.frame(1), after: nil).wait()
        let stranger = SendJournal(
            path: journal.path, seal: RecordSeal(key: SymmetricKey(size: .bits256)), disk: .system)
        #expect(throws: SendJournal.Unusable.self) { try stranger.contents() }
    }

    @Test func anAppendDoesNotCreateAMissingJournal() throws {
        try FileManager.default.removeItem(atPath: journal.path)
        #expect(throws: SendJournal.Unusable.self) { try journal.append(Self.frame(1), after: nil).wait() }
        #expect(!FileManager.default.fileExists(atPath: journal.path))
    }

    @Test func aJournalWithoutAnyCommitIsDamaged() throws {
        try write(bytes.prefix(SendJournalCoding.payload(of: Self.header).count + SendJournalCoding.overhead))
        #expect(throws: SendJournal.Unusable.self) { try other.contents() }
    }

    private static func contents(_ entries: [SendJournalEntry]) -> SendJournalContents {
        var contents = SendJournalContents()
        contents.take(SendJournalFrame(head: .beginning, entries: entries))
        return contents
    }

    @Test func twoJournalsTogetherKnowTheSendsOfBoth() throws {
        let one = Self.contents([
            .sent(Self.tag, row: 2, id: Self.id(1), times: 1), .sent(Self.tag, row: 3, id: Self.id(2), times: 3),
            .withdrawn(Self.tag, row: 4),
        ])
        let two = Self.contents([
            .sent(Self.tag, row: 2, id: Self.id(1), times: 2), .sent(Self.tag, row: 3, id: Self.id(2), times: 1),
            .sent(Self.tag, row: 5, id: Self.id(3), times: 1), .withdrawn(Self.tag, row: 6), .asksFirst(Self.tag),
        ])
        for (first, second) in [(one, two), (two, one)] {
            var both = first
            both.take(second)
            let batch = try #require(both.batches[Self.tag])
            #expect([1, 2, 3].map { batch.sends[Self.id($0)]?.times } == [2, 3, 1])
            #expect(batch.withdrawn == [4, 6] && batch.asksFirst)
        }
    }

    @Test func theExtentOfABatchChangesWithEachSendAndWhenItIsClosed() throws {
        var contents = SendJournalContents()
        var extents: Set<UInt64> = []
        for entry in [
            SendJournalEntry.sent(Self.tag, row: 2, id: Self.id(1), times: 1),
            .sent(Self.tag, row: 2, id: Self.id(1), times: 1), .closed(Self.tag),
        ] {
            contents.take(SendJournalFrame(head: .beginning, entries: [entry]))
            extents.insert(try #require(contents.batches[Self.tag]).extent)
        }
        #expect(extents.count == 3)
        #expect(contents.batches[Self.tag]?.sends[Self.id(1)]?.times == 2)
    }

    /// Records what a journal does with its disk, in order.
    private final class DiskLog: Sendable {
        private let steps = Mutex<[String]>([])

        var all: [String] { steps.withLock(\.self) }

        private func add(_ step: String, _ path: String) {
            steps.withLock { $0.append("\(step) \(path.hasSuffix(".part") ? "new" : "old")") }
        }

        var disk: JournalDisk {
            JournalDisk(
                write: { [self] descriptor, path, bytes, offset in
                    add("write \(bytes.count) at \(offset)", path)
                    try JournalDisk.system.write(descriptor, path, bytes, offset)
                },
                sync: { [self] descriptor, path in
                    add("sync", path)
                    try JournalDisk.system.sync(descriptor, path)
                },
                rename: { [self] from, to in
                    add("rename", from)
                    try JournalDisk.system.rename(from, to)
                }, isOverlapped: false)
        }
    }

    /// Otherwise a power cut could leave a short journal in the place of the old one.
    @Test func aNewJournalIsOnDiskBeforeItReplacesTheOldOne() throws {
        let log = DiskLog()
        let journal = SendJournal(path: journal.path, seal: seal, disk: log.disk)
        try journal.replace(with: Self.header, SendJournalFrame(head: .beginning, entries: []))
        #expect(try log.all == ["write \(bytes.count) at 0 new", "sync new", "rename new"])
    }

    /// After a failed fsync the system may call bytes written that are not on disk.
    @Test func securingAJournalWritesAllItsBytesAgain() throws {
        let log = DiskLog()
        let journal = SendJournal(path: journal.path, seal: seal, disk: log.disk)
        try journal.secure()
        #expect(try log.all == ["write \(bytes.count) at 0 old", "sync old"])
    }

    @Test func onlyItsOwnerCanReadTheJournal() throws {
        let mode = try FileManager.default.attributesOfItem(atPath: journal.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
