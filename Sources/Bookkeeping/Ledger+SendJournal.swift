import Foundation
import GRDB
import Payouts

/// The ledger held against its send journal.
extension Ledger {
    private enum Standing {
        case inStep
        /// A program died when the ledger had a commit and the journal did not.
        case ledgerIsAheadByOne
        /// The journal knows of commits that the ledger does not have.
        case journalIsAhead(SendJournalContents)
        case unusable(LedgerError.JournalTrouble)
    }

    /// Compares the two, and puts right what can be put right.
    ///
    /// - Throws: ``LedgerError/journalUnusable(ledger:journal:trouble:)`` where only a person can say what happened;
    ///   ``LedgerError/isCopy(path:original:)``
    func compare(_ opening: LedgerOpening) throws(LedgerError) {
        let standing = try underWritersLock { db in try self.standing(db) }
        if opening.purpose == .reading {
            switch standing {
            case .inStep, .ledgerIsAheadByOne: break
            case .journalIsAhead, .unusable: findings.withLock { $0.append(.notCompared) }
            }
            return
        }
        let home = opening.home ?? .here(path)
        try demandThatThereIsNoOther(than: home, opening)
        switch (standing, opening.recovery) {
        case (.inStep, nil): break
        case (.inStep, _), (.ledgerIsAheadByOne, _), (.unusable, .some):
            if opening.recovery == .newest {
                try write { db in try db.execute(sql: "UPDATE identity SET isRebuilt = 0") }
            }
            try rewriteSends(home: home)
        // A new ledger has forgotten all, and a person said so.
        case (.journalIsAhead, _) where opening.creation == .replacingLost: try rewriteSends(home: home)
        case (.journalIsAhead(let contents), _): try putRight(by: contents, home: home)
        case (.unusable(let trouble), nil):
            throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: trouble)
        }
        if opening.recovery == .older {
            // A journal that parted from the ledger knows sends of its own, and so may another ledger's under the key.
            for contents in try allJournals() { try putRight(by: contents, home: home) }
            _ = try write { db in
                try db.execute(sql: "UPDATE identity SET isRebuilt = 1")
                return try askFirstAboutAll(db)
            }
            try rewriteSends(home: home)
        }
        try settle(at: home, opening)
    }

    /// What the journals of all ledgers under this key know.
    private func allJournals() throws(LedgerError) -> [SendJournalContents] {
        try underWritersLock { _ in
            try SendJournal.paths(keyFile).compactMap { path in
                do {
                    return try SendJournal(path: path, seal: seal.journal, disk: .system).contents().contents
                } catch is SendJournal.Unusable {
                    return nil
                }
            }
        }
    }

    private func standing(_ db: Database) throws -> Standing {
        let head = try Self.chainHead(db)
        do {
            guard let last = try sends.lastHead() else { return .unusable(.damaged) }
            if last == head { return .inStep }
            let own = try Self.chainHead(at: last.event, db)
            if last == .beginning || (last.event < head.event && last == own) {
                let prior = try Row.fetchOne(
                    db, sql: "SELECT priorEvent, priorSignature FROM chain WHERE event = ?",
                    arguments: [head.event])
                let isByOne = prior.map { ChainHead(event: $0[0], signature: $0[1]) == last } ?? false
                return isByOne ? .ledgerIsAheadByOne : .unusable(.older)
            }
            let contents = try sends.contents().contents
            // An older ledger has a head that the journal had, too, or one from before it was rewritten.
            let isBehind = contents.heads.contains(head) || contents.heads.first.map { head.event < $0.event } ?? false
            return isBehind ? .journalIsAhead(contents) : .unusable(.parted)
        } catch SendJournal.Unusable.missing {
            return .unusable(.missing)
        } catch SendJournal.Unusable.damaged {
            return .unusable(.damaged)
        }
    }

    private static func chainHead(at event: Int64, _ db: Database) throws -> ChainHead? {
        try Row.fetchOne(db, sql: "SELECT id, signature FROM event WHERE id = ?", arguments: [event])
            .map { ChainHead(event: $0[0], signature: ($0[1] as Data?) ?? Data()) }
    }

    // MARK: What the ledger has forgotten

    private func putRight(by contents: SendJournalContents, home: LedgerHome) throws(LedgerError) {
        let rows = try write { db in
            let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check").first { $0 != "ok" }
            if let damage { throw LedgerError.damaged(path: path, reason: damage) }
            let head = try Self.chainHead(db)
            let isLastCommit = contents.heads.dropLast().last == head
            var rows: [BatchReference: Int] = [:]
            for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch ORDER BY id").map({ try BatchRecord($0) }) {
                guard let known = contents.batches[BatchTag(batch.reference, batch.digest)] else { continue }
                let count = try putRight(batch, by: known, db)
                if count > 0 { rows[batch.reference] = count }
            }
            return isLastCommit ? OpeningFinding.lastCommitLost(rows) : .putRight(rows)
        }
        try rewriteSends(home: home)
        if rows != .lastCommitLost([:]) { findings.withLock { $0.append(rows) } }
    }

    /// Makes rows unknown that were sent, or may have been, and that the ledger calls unsent.
    ///
    /// - Returns: how many rows were changed.
    func putRight(_ batch: BatchRecord, by known: SendJournalContents.Batch, _ db: Database) throws -> Int {
        if known.asksFirst { try askFirst(about: batch.id, db) }
        var changed: Set<Int> = []
        for (id, send) in known.sends.sorted(by: { $0.key.number < $1.key.number }) {
            if try restore(send, id, of: batch, db) { changed.insert(send.row) }
        }
        for row in known.withdrawn.sorted() {
            guard let (attempt, state) = try latest(row, of: batch, db), state == .queued || state == .refused else {
                continue
            }
            try apply(.withdrawn(note: "withdrawn before the ledger was set back"), to: attempt, from: state, in: db)
            changed.insert(row)
        }
        if known.isClosed {
            // All of it was settled, and nobody knows any more how.
            for row in try Int.fetchAll(
                db, sql: "SELECT row FROM payout WHERE batchID = ? AND state = 'queued'", arguments: [batch.id.number])
            {
                guard let (attempt, state) = try latest(row, of: batch, db) else { continue }
                try apply(.unknown(Reason(.ledgerWasSetBack)), to: attempt, from: state, in: db)
                changed.insert(row)
            }
        }
        if !changed.isEmpty {
            try record(Event(batch: batch.id, why: .putRight(rows: changed.count)), at: timestamp(), in: db)
        }
        return changed.count
    }

    /// Makes one send known that the ledger has forgotten.
    private func restore(
        _ send: SendJournalContents.Send, _ id: AgentTransactionID, of batch: BatchRecord, _ db: Database
    ) throws -> Bool {
        let reason = Reason(.ledgerWasSetBack)
        let sends = try Int.fetchOne(
            db, sql: "SELECT sends FROM attempt WHERE agentTranID = ?", arguments: [id.number])
        // A later attempt was made only because the bank had refused those before it.
        for _ in 1...50 {
            guard let (attempt, state) = try latest(send.row, of: batch, db) else { return false }
            if attempt.id == id {
                // A row that waits although it was sent may have been put back into the queue, or forgotten: the bank is asked.
                guard state == .queued || state == .refused && sends ?? 0 < send.times else { return false }
                try apply(.unknown(reason), to: attempt, from: state, in: db)
                return true
            }
            if sends != nil { return false }
            switch state {
            case .paid, .withdrawn: return false
            case .queued, .sending, .unknown: try apply(.refused(reason), to: attempt, from: state, in: db)
            case .review:
                try apply(
                    .decided(isPaid: false, note: "a later attempt was made"), to: attempt, from: state, in: db)
            case .refused: break
            }
            try apply(.rerun(nil), to: attempt, from: .refused, in: db)
        }
        throw LedgerError.altered(path: path, what: "row \(send.row) of batch “\(batch.reference)” has other attempts")
    }

    private func latest(
        _ row: Int, of batch: BatchRecord, _ db: Database
    ) throws -> (AttemptKey, PayoutState)? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT payout.row, payout.state, attempt.agentTranID FROM payout
                JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row
                WHERE payout.batchID = ? AND payout.row = ? ORDER BY attempt.number DESC LIMIT 1
                """, arguments: [batch.id.number, row]
        ).map {
            (
                try AttemptKey($0, in: batch.id),
                try PayoutState(rawValue: $0["state"]).orDamaged("a state cannot be read")
            )
        }
    }

    /// The batches that the send journal knows and the ledger does not have.
    package func forgottenBatches() throws(LedgerError) -> [ForgottenBatch] {
        try underWritersLock { db in
            let own = Set(
                try Row.fetchAll(db, sql: "SELECT * FROM batch").map { try BatchRecord($0) }
                    .map { BatchTag($0.reference, $0.digest) })
            return try sends.contents().contents.batches.filter { !own.contains($0.key) }.values
                .map {
                    ForgottenBatch(
                        reference: $0.reference ?? "?", sentRows: Set($0.sends.values.map(\.row)).count,
                        isClosed: $0.isClosed)
                }
                .sorted { $0.reference < $1.reference }
        }
    }

    /// Whether a file has a ledger in it, and not only a name.
    package static func exists(at path: String) throws(LedgerError) -> Bool {
        do {
            return try LedgerAccess.hasTables(path)
        } catch {
            throw openingError(error, path: path)
        }
    }

    /// Sets aside a file without a ledger in it, and the log that lies beside it: SQLite deletes a log beside an empty database.
    ///
    /// - Returns: where they are kept; empty where there is nothing.
    package static func setEmptyFileAside(at path: String, at now: Date) throws(LedgerError) -> [String] {
        var kept: [String] = []
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: path + ending) {
            let aside = "\(path)\(ending).lost-\(Int(now.timeIntervalSince1970))"
            guard link(path + ending, aside) == 0, unlink(path + ending) == 0 else {
                throw .cannotWrite(path: aside, reason: SystemError().description)
            }
            kept.append(aside)
        }
        unlink(path + "-shm")
        return kept
    }

    /// Sets a log aside that is damaged in its middle: the ledger is then as it was before that.
    ///
    /// - Returns: where the log is kept; `nil` where it is sound.
    package static func setDamagedLogAside(ofLedgerAt path: String, at now: Date) throws(LedgerError) -> String? {
        guard FileManager.default.fileExists(atPath: path + "-wal") else { return nil }
        let lock = try FileLock(path: path + ".writer")
        try lock.lock()
        defer { lock.unlock() }
        guard case .damaged = try WriteAheadLog(ofDatabaseAt: path).inspect() else { return nil }
        let aside = "\(path)-wal.damaged-\(Int(now.timeIntervalSince1970))"
        guard link(path + "-wal", aside) == 0, unlink(path + "-wal") == 0 else {
            throw .cannotWrite(path: aside, reason: SystemError().description)
        }
        unlink(path + "-shm")
        return aside
    }

    // MARK: The journal as the ledger knows it

    /// Writes the journal again: what is known of batches that this ledger does not have stays in it.
    ///
    /// - Parameter home: where the ledger lies from now on; by default where it was.
    func rewriteSends(home: LedgerHome? = nil) throws(LedgerError) {
        try underWritersLock { db in
            try rewriteSends(home: home ?? SendJournal.header(ofFileAt: sends.path)?.home ?? .here(path), db)
        }
    }

    private func rewriteSends(home: LedgerHome, _ db: Database) throws {
        var contents: SendJournalContents
        do {
            contents = try sends.contents().contents
        } catch is SendJournal.Unusable {
            contents = SendJournalContents()
        }
        contents.take(try SendJournalContents(ofLedger: db))
        try sends.replace(
            with: SendJournalHeader(
                ledger: id, home: home,
                sealedFingerprintKey: try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey"),
                isRebuilt: try Bool.fetchOne(db, sql: "SELECT isRebuilt FROM identity") ?? false),
            SendJournalFrame(head: try Self.chainHead(db), entries: contents.entries { _ in true }))
    }

    /// Drops the sends of closed batches, where the journal has become much larger than what it must know.
    func tidySends(_ db: Database) throws {
        let rows =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce(sum((SELECT count(*) FROM payout WHERE batchID = batch.id AND state <> 'queued')), 0)
                    FROM batch WHERE EXISTS (SELECT 1 FROM payout WHERE batchID = batch.id
                        AND state IN ('queued', 'sending', 'unknown', 'review'))
                    """) ?? 0
        guard sends.size > Int64(64 << 10 + rows * 60) else { return }
        guard let home = SendJournal.header(ofFileAt: sends.path)?.home else { return }
        try rewriteSends(home: home, db)
    }
}

extension SendJournalContents {
    /// What a ledger knows of its own sends: each one of batches that are not closed.
    init(ofLedger db: Database) throws {
        self.init()
        var entries: [SendJournalEntry] = []
        for batch in try Row.fetchAll(db, sql: "SELECT * FROM batch").map({ try BatchRecord($0) }) {
            let tag = BatchTag(batch.reference, batch.digest)
            entries.append(.batch(tag, reference: batch.reference.name, digest: batch.digest.hex))
            if batch.asksFirst { entries.append(.asksFirst(tag)) }
            let isOpen = try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM payout
                        WHERE batchID = ? AND state IN ('queued', 'sending', 'unknown', 'review'))
                    """, arguments: [batch.id.number])
            if isOpen != true { entries.append(.closed(tag)) }
            // Of a closed batch, which attempt of a row was its last one.
            let sends = try Row.fetchCursor(
                db,
                sql: """
                    SELECT row, agentTranID, max(sends, 1) FROM attempt
                    WHERE batchID = :batch AND (sends > 0 OR isDoubtful = 1 OR verdict <> 'open') AND (:isOpen
                        OR row IN (SELECT row FROM attempt WHERE batchID = :batch AND number > 1))
                    """,
                arguments: ["batch": batch.id.number, "isOpen": isOpen == true])
            while let send = try sends.next() {
                let id = try AgentTransactionID(send[1]).orDamaged("an agentTranId is out of range")
                entries.append(.sent(tag, row: send[0], id: id, times: send[2]))
            }
            guard isOpen == true else { continue }
            entries += try Int.fetchAll(
                db, sql: "SELECT row FROM payout WHERE batchID = ? AND state = 'withdrawn'",
                arguments: [batch.id.number]
            ).map { .withdrawn(tag, row: $0) }
        }
        take(SendJournalFrame(head: try Ledger.chainHead(db), entries: entries))
    }
}
