import Crypto
import Foundation
import PaymentValues
import Payouts

/// The identity of a batch in the send journal. It is computed from the reference and the file, so a batch that is
/// imported again has the same tag.
struct BatchTag: Hashable, Sendable {
    let number: UInt64

    init(number: UInt64) {
        self.number = number
    }

    init(_ reference: BatchReference, _ digest: FileDigest) {
        var hash = SHA256()
        hash.update(data: Array(reference.name.utf8) + [0x1F] + Array(digest.hex.utf8))
        number = unsafe hash.finalize().withUnsafeBytes { unsafe UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
}

/// One entry that a commit of the ledger adds to its send journal.
enum SendJournalEntry: Hashable, Sendable {
    case batch(BatchTag, reference: String, digest: String)
    /// A request with this id was about to be sent. `times` counts the sends.
    case sent(BatchTag, row: Int, id: AgentTransactionID, times: Int)
    /// A person withdrew the row: it must never be sent.
    case withdrawn(BatchTag, row: Int)
    /// Nothing of the batch was left to send. The journal drops its single sends.
    case closed(BatchTag)
    /// The bank is asked about each row of the batch before it is sent.
    case asksFirst(BatchTag)
    /// A person rejected the batch after this number of corrections.
    case rejected(BatchTag, corrections: Int)
    /// The ledger learned how far another ledger with the same key had sent the batch.
    case takenIn(BatchTag, from: UInt64, extent: UInt64)
    /// The ledger's file has all commits, so it no longer needs its write-ahead log.
    case logMoved
}

/// The content of a frame: the entries of one commit, and the ledger's head after it.
struct SendJournalFrame: Hashable, Sendable {
    let head: ChainHead
    let entries: [SendJournalEntry]

    /// Returns the same content in frames of at most 1000 entries, all of the same commit.
    var parts: [SendJournalFrame] {
        guard entries.count > Self.most else { return [self] }
        return stride(from: 0, to: entries.count, by: Self.most).map { start in
            SendJournalFrame(head: head, entries: Array(entries[start..<min(start + Self.most, entries.count)]))
        }
    }

    private static let most = 1000

    /// Whether the frame says that the ledger's file has all commits.
    var needsNoLog: Bool { entries == [.logMoved] }
}

/// The ledger that a send journal belongs to, and the place of that ledger.
struct SendJournalHeader: Hashable, Sendable {
    let ledger: LedgerID
    let home: LedgerHome
    /// The encrypted fingerprint key, stored if the ledger's key was ever rotated. A lost ledger can no longer supply
    /// it.
    let sealedFingerprintKey: Data?
    /// Whether some sends may be known only to the bank. If so, the bank is asked about the rows of each imported file.
    let isRebuilt: Bool
}

/// The whole content of a send journal.
struct SendJournalContents: Hashable, Sendable {
    struct Batch: Hashable, Sendable {
        var reference: String?
        var digest: String?
        var isClosed = false
        var asksFirst = false
        var sends: [AgentTransactionID: Send] = [:]
        var withdrawn: Set<Int> = []
        /// The number of corrections at the latest rejection.
        var rejectedAfter: Int?
        /// The extent of the batch in other ledgers when this ledger last read their journals.
        var takenIn: [UInt64: UInt64] = [:]

        var wasSent: Bool { isClosed || !sends.isEmpty }

        /// A number that changes whenever the ledger sends or closes the batch.
        var extent: UInt64 { UInt64(sends.values.reduce(0) { $0 + $1.times }) << 1 | (isClosed ? 1 : 0) }
    }

    struct Send: Hashable, Sendable {
        let row: Int
        var times: Int
    }

    /// The ledger's head after each commit since the journal's last rewrite, with the latest last.
    private(set) var heads: [ChainHead] = []
    private(set) var batches: [BatchTag: Batch] = [:]

    mutating func take(_ frame: SendJournalFrame) {
        heads.append(frame.head)
        for entry in frame.entries {
            switch entry {
            case .batch(let tag, let reference, let digest):
                batches[tag, default: Batch()].reference = reference
                batches[tag, default: Batch()].digest = digest
            case .sent(let tag, let row, let id, let times):
                batches[tag, default: Batch()].sends[id, default: Send(row: row, times: 0)].times += times
            case .withdrawn(let tag, let row): batches[tag, default: Batch()].withdrawn.insert(row)
            case .closed(let tag): batches[tag, default: Batch()].isClosed = true
            case .asksFirst(let tag): batches[tag, default: Batch()].asksFirst = true
            case .rejected(let tag, let corrections):
                batches[tag, default: Batch()].rejectedAfter = corrections
            case .takenIn(let tag, let ledger, let extent):
                batches[tag, default: Batch()].takenIn[ledger] = extent
            case .logMoved: break
            }
        }
    }

    /// The entries that reproduce these contents.
    var entries: [SendJournalEntry] {
        batches.sorted { $0.key.number < $1.key.number }.flatMap { tag, batch in
            var entries: [SendJournalEntry] = []
            if let reference = batch.reference, let digest = batch.digest {
                entries.append(.batch(tag, reference: reference, digest: digest))
            }
            if batch.isClosed { entries.append(.closed(tag)) }
            if batch.asksFirst { entries.append(.asksFirst(tag)) }
            entries += batch.takenIn.sorted { $0.key < $1.key }.map { .takenIn(tag, from: $0.key, extent: $0.value) }
            entries += batch.sends.sorted { $0.key.number < $1.key.number }
                .map { .sent(tag, row: $0.value.row, id: $0.key, times: $0.value.times) }
            entries += batch.withdrawn.sorted().map { .withdrawn(tag, row: $0) }
            if let corrections = batch.rejectedAfter { entries.append(.rejected(tag, corrections: corrections)) }
            return entries
        }
    }

    /// Merges other contents. For each send, the larger count wins. If a batch is closed there, its closed form wins.
    mutating func take(_ other: SendJournalContents) {
        for (tag, batch) in other.batches {
            guard var merged = batches[tag], !batch.isClosed else {
                let takenIn = batches[tag]?.takenIn ?? [:]
                batches[tag] = batch
                batches[tag]?.takenIn.merge(takenIn, uniquingKeysWith: { $1 })
                continue
            }
            merged.asksFirst = merged.asksFirst || batch.asksFirst
            for (id, send) in batch.sends where send.times > merged.sends[id]?.times ?? 0 { merged.sends[id] = send }
            merged.withdrawn.formUnion(batch.withdrawn)
            merged.rejectedAfter = [merged.rejectedAfter, batch.rejectedAfter].compactMap(\.self).max()
            batches[tag] = merged
        }
    }
}
