import Crypto
package import Foundation
import GRDB
import Payouts
package import Synchronization

/// Stores every batch, payout, attempt and event in one SQLite file.
///
///     let ledger = try Ledger(path: path, keyFile: KeyFile(path: keyPath), who: "aziz") { Date() }
///     let batch = try ledger.importBatch(newBatch)
///
/// Every process writes and checkpoints under one extra lock (`<ledger>.writer`). SQLite before 3.51.3 can corrupt a
/// WAL if two connections write or checkpoint at the same instant. Readers take no lock.
package final class Ledger: Sendable {
    package let path: String
    let pool: DatabasePool
    let seal: CardSeal
    let who: String
    let now: @Sendable () -> Date
    /// The send journal: the second record of what was sent.
    let sends: SendJournal
    let id: LedgerID
    let keyFile: KeyFile
    /// The findings and repairs of the opening. The caller shows them to the person.
    package let findings: Mutex<[OpeningFinding]> = Mutex([])
    private let diskSpace: DiskSpace
    private let journalSpace: DiskSpace
    /// The ledger and its log, as identified when they were opened.
    private let files: [FileIdentity]
    private let journal: JournalFile
    /// Whether the file existed without a log when it was opened.
    let hadNoLog: Bool
    /// Whether the file and its log together have all commits, as far as the opening can know.
    let isWhole = Mutex(false)
    private let writerLock: FileLock
    /// Whether a write failed. If so, data that SQLite believes to be durable may not be.
    private let hasFailed = Mutex(false)
    private let transaction = Mutex(Transaction())
    private let tags = Mutex<[BatchID: BatchTag]>([:])

    /// The current transaction.
    private struct Transaction {
        /// Whether the free disk space was checked.
        var hasDiskSpace = false
        var before: ChainHead?
        var head: ChainHead?
        var entries: [SendJournalEntry] = []
    }

    /// Opens a ledger or creates one, and compares it with its send journal.
    ///
    /// - Parameters:
    ///   - who: the person or program that the events name.
    ///   - diskSpace: the space that must stay free for the answers to requests in flight.
    ///   - opening: the options that the person chose for the ledger.
    /// - Throws: ``LedgerError``. A file that is not a ledger of this version and key is not changed.
    package init(
        path: String, keyFile: KeyFile, who: String, diskSpace: DiskSpace? = nil, journal: JournalFile = JournalFile(),
        opening: LedgerOpening = LedgerOpening(), now: @escaping @Sendable () -> Date
    ) throws(LedgerError) {
        self.path = path
        self.journal = journal
        self.who = who
        self.now = now
        self.diskSpace = diskSpace ?? DiskSpace(path: path)
        do {
            // Check this first, so that no lock file appears beside a file that may not be a ledger.
            let access = try LedgerAccess(to: path, keyFile: keyFile, opening)
            self.keyFile = access.keyFile
            let lock = try FileLock(path: path + ".writer")
            try lock.lock()
            defer { lock.unlock() }
            writerLock = lock
            hadNoLog = !access.isNew && WriteAheadLog(ofDatabaseAt: path).holdsNoFrame
            pool = try Self.openPool(path: path)
            try Self.makeCommitsDurable(pool, path: path)
            let runner = try opening.isRunner ? nil : Self.lockOutRuns(ofFormerVersions: pool, path: path)
            defer { runner?.release() }
            let adopted = access.adopted?.sealedFingerprintKey
            seal = try CardSeal(
                key: access.key, sealedFingerprintKey: pool.read(Self.sealedFingerprintKey) ?? adopted)
            try LedgerSchema.migrate(pool, LedgerTakeover(seal: seal))
            let keyCheck = seal.keyCheck
            try pool.writeWithoutTransaction { db in
                try db.execute(
                    sql: "INSERT OR IGNORE INTO ledgerKey (id, keyCheck, sealedFingerprintKey) VALUES (1, ?, ?)",
                    arguments: [keyCheck, adopted])
                guard try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") == keyCheck else {
                    throw LedgerError.keyDoesNotFit(path: access.keyFile.path, ledger: path)
                }
            }
            id = try access.identify(pool, opening, seal: seal)
            sends = SendJournal(
                path: SendJournal.path(access.keyFile, id), seal: seal.journal, disk: opening.disk)
            journalSpace = DiskSpace(path: sends.path)
            files = try [FileIdentity(path: path), FileIdentity(path: path + "-wal")]
        } catch let error as LedgerError {
            throw error
        } catch {
            throw Self.openingError(error, path: path)
        }
        try compare(opening)
    }

    /// Closes the file. It takes the writer lock, because the last connection to close may write a checkpoint.
    package func close() throws(LedgerError) {
        try writerLock.lock()
        defer { writerLock.unlock() }
        do {
            // The last connection moves the log into the ledger, so first make the log durable.
            if hasFailed.withLock({ $0 }) { try journal.secure(ofLedgerAt: path) }
            try pool.close()
        } catch {
            throw writingError(error)
        }
        noteThatLogIsMoved()
    }

    /// Records in the send journal that the ledger's file no longer needs a log, if that is true.
    private func noteThatLogIsMoved() {
        guard isWhole.withLock(\.self), WriteAheadLog(ofDatabaseAt: path).holdsNoFrame else { return }
        do {
            try sends.noteThatLogIsMoved()
        } catch {
            // Ignore the error: without this record, the next opening checks the whole ledger.
        }
    }

    /// Makes durable what an earlier process believed to be durable. The system does not remember a failed fsync.
    func secureJournal() throws(LedgerError) {
        try underWritersLock { _ in
            try journal.secure(ofLedgerAt: path)
            try usingSends { try sends.secure() }
        }
    }

    deinit {
        do {
            try close()
        } catch {
            // Ignore the error: every commit is already in the file or in its write-ahead log.
        }
    }

    /// Calls `work` while no process writes to the ledger or its send journal.
    func underWritersLock<T>(_ work: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                return try work(db)
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw writingError(error)
        }
    }

    /// The way in which a commit is written to the send journal.
    enum Journaling {
        /// The journal must end with the commit before this one.
        case inStep
        /// The journal may end with any commit. This commit brings it up to date.
        case puttingInStep
        /// The journal gets nothing: it is unusable and will be rewritten.
        case none
    }

    /// Makes one durable transaction under the writer lock, on this thread. It returns when the changes are on disk,
    /// both in the ledger and in the send journal.
    func write<T>(_ journaling: Journaling = .inStep, _ changes: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try checkInPlace()
                transaction.withLock { $0 = Transaction() }
                var appending: SendJournal.Appending?
                let result = Result<T, any Error> {
                    var result: T?
                    try db.inTransaction(.immediate) {
                        result = try changes(db)
                        // Sync the journal while SQLite waits for the disk.
                        appending = try appendToJournal(journaling, db)
                        return .commit
                    }
                    guard let result else { preconditionFailure("a committed transaction has a result") }
                    return result
                }
                // Wait even if the commit failed: the next append must not overlap with this one.
                try usingSends { try appending?.wait() }
                return try result.get()
            }
        } catch let error as LedgerError {
            tags.withLock { $0 = [:] }
            throw error
        } catch {
            hasFailed.withLock { $0 = true }
            tags.withLock { $0 = [:] }
            throw writingError(error)
        }
    }

    /// Starts to append this commit's events to the journal. Returns `nil` if there are none.
    private func appendToJournal(_ journaling: Journaling, _ db: Database) throws -> SendJournal.Appending? {
        let (before, head, entries) = transaction.withLock { ($0.before, $0.head, $0.entries) }
        guard let before, let head else { return nil }
        try WriteStatement(
            "UPDATE chain SET event = ?, signature = ?, priorEvent = ?, priorSignature = ?", in: db)([
                .number(head.event), .bytes(head.signature), .number(before.event), .bytes(before.signature),
            ])
        if journaling == .none { return nil }
        return try usingSends {
            try sends.append(
                SendJournalFrame(head: head, entries: entries), after: journaling == .inStep ? before : nil)
        }
    }

    /// Appends an event to the chain and signs it together with all earlier ones.
    func record(_ event: Event, at: Int64, in db: Database) throws {
        let earlier = try transaction.withLock { transaction in
            if let head = transaction.head { return head }
            let head = try Self.chainHead(db)
            transaction.before = head
            return head
        }
        let stored = try StoredEvent(event, id: earlier.event + 1, at: at, who: who)
        let signature = seal.records.sign(stored, after: earlier.signature)
        try stored.insert(signature: signature, in: db)
        transaction.withLock { $0.head = ChainHead(event: stored.id, signature: signature) }
    }

    /// Adds an entry to the send journal, beside the events of this commit.
    func note(_ entry: SendJournalEntry) {
        transaction.withLock { $0.entries.append(entry) }
    }

    /// Returns the last event of the ledger.
    static func chainHead(_ db: Database) throws -> ChainHead {
        let last = try db.cachedStatement(sql: "SELECT id, signature FROM event ORDER BY id DESC LIMIT 1")
        guard let row = try Row.fetchOne(last) else { return .beginning }
        return ChainHead(event: row[0], signature: (row[1] as Data?) ?? Data())
    }

    func tag(of batch: BatchID, in db: Database) throws -> BatchTag {
        if let tag = tags.withLock({ $0[batch] }) { return tag }
        let record = try batchRecord(batch, in: db)
        let tag = BatchTag(record.reference, record.digest)
        tags.withLock { $0[batch] = tag }
        return tag
    }

    /// Checks that the open files were not deleted or replaced. Writes to a deleted file are lost when the program
    /// ends.
    ///
    /// - Throws: ``LedgerError/isGone(path:)``
    private func checkInPlace() throws(LedgerError) {
        if let gone = files.first(where: { !$0.isInPlace }) { throw .isGone(path: gone.path) }
    }

    /// Checks the free space once for all claims of a transaction, because it hardly changes between them.
    ///
    /// - Throws: ``LedgerError/diskAlmostFull(path:freeBytes:reserveBytes:)``
    func checkDiskSpace() throws(LedgerError) {
        if transaction.withLock({ $0.hasDiskSpace }) { return }
        try diskSpace.check()
        // The journal may be on another disk.
        try journalSpace.check()
        transaction.withLock { $0.hasDiskSpace = true }
    }

    /// Runs a query on a consistent view of the ledger. Writers never block it.
    func read<T>(_ query: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.read(query)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw readingError(error)
        }
    }

    /// Moves the write-ahead log into the ledger and truncates the log. Then no file contains erased cards.
    package func eraseJournal() throws(LedgerError) {
        do {
            try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try checkInPlace()
                try tidySends(db)
                _ = try db.checkpoint(.truncate)
                noteThatLogIsMoved()
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // A reader still uses the old pages. The next checkpoint moves them.
        } catch let error as LedgerError {
            throw error
        } catch {
            throw writingError(error)
        }
    }

    /// Rewrites the ledger's file without free space. Space that SQLite reuses may still have parts of erased texts.
    package func compact() throws(LedgerError) {
        do {
            try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try checkInPlace()
                try db.execute(sql: "VACUUM")
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw writingError(error)
        }
    }

    func readingError(_ error: any Error) -> LedgerError {
        damage(in: error) ?? .cannotRead(path: path, reason: Self.reason(error))
    }

    func writingError(_ error: any Error) -> LedgerError {
        damage(in: error) ?? .cannotWrite(path: path, reason: Self.reason(error))
    }

    private func damage(in error: any Error) -> LedgerError? {
        guard let error = error as? DatabaseError, [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) else {
            return nil
        }
        return .damaged(path: path, reason: error.message ?? "SQLite finds it malformed")
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return String(describing: error) }
        return (error.message ?? "SQLite error") + ", SQLite code \(error.extendedResultCode.rawValue)"
    }

    func timestamp() -> Int64 {
        Int64((now().timeIntervalSince1970 * 1000).rounded())
    }
}

extension Ledger {
    /// Locks out runs of an earlier version during the upgrade of its ledger, because they write by the old rules.
    ///
    /// - Throws: ``LedgerError/runnerBusy(holder:)``
    private static func lockOutRuns(ofFormerVersions pool: DatabasePool, path: String) throws -> RunnerLock? {
        guard case .former = try pool.read(LedgerSchema.version) else { return nil }
        return try RunnerLock(ledgerPath: path, holder: "the ledger's move to a newer version")
    }

    /// Returns the fingerprint key of a ledger whose key was rotated, or `nil` for any other ledger or without tables.
    static func sealedFingerprintKey(_ db: Database) throws -> Data? {
        guard try db.tableExists("ledgerKey") else { return nil }
        return try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey")
    }

    private static func makeCommitsDurable(_ pool: DatabasePool, path: String) throws {
        try pool.writeWithoutTransaction { db in
            // GRDB sets this to NORMAL when it switches to WAL. A commit would then return before it is on disk.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw LedgerError.cannotOpen(path: path, reason: "SQLite refuses synchronous=FULL")
            }
        }
    }

    private static func openPool(path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            db.add(function: SearchText.function)
            // Every answer that waits for its commit also waits for a checkpoint. So make checkpoints rare: one per 32
            // MiB of log instead of the default 4 MiB. The end of the run truncates the log.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 8192")
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    static func openingError(_ error: any Error, path: String) -> LedgerError {
        if let error = error as? LedgerError { return error }
        guard let error = error as? DatabaseError else {
            return .cannotOpen(path: path, reason: reason(error))
        }
        switch error.resultCode {
        case .SQLITE_NOTADB: return .notALedger(path: path)
        case .SQLITE_CORRUPT: return .damaged(path: path, reason: error.message ?? "SQLite finds it malformed")
        default: return .cannotOpen(path: path, reason: reason(error))
        }
    }
}
