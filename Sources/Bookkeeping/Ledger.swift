import CSQLiteMemory
import Crypto
package import Foundation
import GRDB
import Payouts
package import Synchronization

/// The book of every batch, payout, attempt and event, in one SQLite file.
///
///     let ledger = try Ledger(path: path, keyFile: KeyFile(path: keyPath), who: "aziz") { Date() }
///     let batch = try ledger.importBatch(newBatch)
///
/// Every write and every checkpoint, of every process, is made under one lock of ours (`<ledger>.writer`): SQLite before
/// 3.51.3 can corrupt a WAL that two connections write or checkpoint at the same instant. Readers take no lock.
package final class Ledger: Sendable {
    package let path: String
    let pool: DatabasePool
    let seal: CardSeal
    let who: String
    let now: @Sendable () -> Date
    /// The second record of what was sent.
    let sends: SendJournal
    let id: LedgerID
    let keyFile: KeyFile
    /// What the opening found out and put right, for the person to be told.
    package let findings: Mutex<[OpeningFinding]> = Mutex([])
    private let diskSpace: DiskSpace
    private let journalSpace: DiskSpace
    /// The ledger and its log as they were opened.
    private let files: [OpenedFile]
    private let journal: JournalFile
    private let writerLock: FileLock
    /// Whether a write failed, so that what SQLite takes for durable may not be.
    private let hasFailed = Mutex(false)
    private let transaction = Mutex(Transaction())
    private let tags = Mutex<[BatchID: BatchTag]>([:])

    /// What the transaction that is on has come to so far.
    private struct Transaction {
        /// Whether it has seen that there is room on the disk.
        var hasDiskSpace = false
        var before: ChainHead?
        var head: ChainHead?
        var entries: [SendJournalEntry] = []
    }

    /// Opens a ledger, or makes a new one, and compares it with its send journal.
    ///
    /// - Parameters:
    ///   - who: the person or program in whose name events are written.
    ///   - diskSpace: how much room must stay free for answers on their way.
    ///   - opening: what the person said about the ledger.
    /// - Throws: ``LedgerError``; nothing is changed in a file that is not a ledger of this version and key.
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
            // Looked at before anything, even a lock file, is made beside a file that may not be ours.
            let access = try LedgerAccess(to: path, keyFile: keyFile, opening)
            self.keyFile = access.keyFile
            let lock = try FileLock(path: path + ".writer")
            try lock.lock()
            defer { lock.unlock() }
            writerLock = lock
            pool = try Self.openPool(path: path)
            try Self.makeCommitsDurable(pool, path: path)
            let runner = try opening.isRunner ? nil : Self.lockOutRuns(ofEarlierVersions: pool, path: path)
            defer { runner?.release() }
            try Self.migrate(pool, upTo: LedgerSchema.lastUnsignedVersion, signingWith: nil)
            if let adopted = access.adopted?.sealedFingerprintKey {
                try pool.write { db in
                    try db.execute(
                        sql: "INSERT OR IGNORE INTO ledgerKey (id, keyCheck, sealedFingerprintKey) VALUES (1, ?, ?)",
                        arguments: [try CardSeal(key: access.key).keyCheck, adopted])
                }
            }
            seal = try CardSeal(
                key: access.key,
                sealedFingerprintKey: pool.read { db in
                    try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey")
                })
            try Self.migrate(pool, upTo: nil, signingWith: seal)
            let keyCheck = seal.keyCheck
            try pool.writeWithoutTransaction { db in
                try db.execute(
                    sql: "INSERT OR IGNORE INTO ledgerKey (id, keyCheck) VALUES (1, ?)", arguments: [keyCheck])
                guard try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") == keyCheck else {
                    throw LedgerError.keyDoesNotFit(path: access.keyFile.path, ledger: path)
                }
            }
            id = try access.identify(pool, opening, seal: seal)
            sends = SendJournal(
                path: SendJournal.path(access.keyFile, id), seal: seal.journal, disk: opening.disk)
            journalSpace = DiskSpace(path: sends.path)
            files = try [OpenedFile(path: path), OpenedFile(path: path + "-wal")]
        } catch let error as LedgerError {
            throw error
        } catch {
            throw Self.openingError(error, path: path)
        }
        try compare(opening)
    }

    /// Closes the file. The last connection to close may write a checkpoint, so this too takes the writers' lock.
    package func close() throws(LedgerError) {
        try writerLock.lock()
        defer { writerLock.unlock() }
        do {
            // The last connection moves the log into the ledger: what is moved must be on disk first.
            if hasFailed.withLock({ $0 }) { try journal.secure(ofLedgerAt: path) }
            try pool.close()
        } catch {
            throw writingError(error)
        }
    }

    /// Makes durable whatever an earlier process believed to be: an fsync that failed is forgotten by the system.
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
            // Closing only tidies up: what was committed is in the file or in its write-ahead log.
        }
    }

    /// Does something while no process writes to the ledger or its send journal.
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

    /// Whether a commit goes to the send journal, too.
    enum Journaling {
        /// As the next one after the commit before it.
        case inStep
        /// Whatever came before it in the journal: the two are being put in step.
        case puttingInStep
        /// Not at all: the journal cannot be used, and is about to be written again.
        case none
    }

    /// One durable transaction under the writers' lock, on this thread. It is done when it is in the ledger and in the send
    /// journal, both on disk.
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
                        // While SQLite waits for the disk, so does the journal.
                        appending = try appendToJournal(journaling, db)
                        return .commit
                    }
                    guard let result else { preconditionFailure("a committed transaction has a result") }
                    return result
                }
                // Also where the commit failed: the next append must not meet this one.
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

    /// Begins to write down what this commit adds to the chain of events; `nil` where it adds nothing.
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

    /// Writes an event behind all others, signed together with them.
    func record(_ event: Event, at: Int64, in db: Database) throws {
        let earlier = try transaction.withLock { transaction in
            if let head = transaction.head { return head }
            let head = try Self.chainHead(db)
            transaction.before = head
            return head
        }
        let stored = StoredEvent(event, id: earlier.event + 1, at: at, who: who)
        let signature = seal.records.sign(stored, after: earlier.signature)
        let insert = try WriteStatement(
            """
            INSERT INTO event (id, at, who, batchID, row, agentTranID, fromState, toState, why, evidence, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, in: db)
        try insert([
            .number(stored.id), .number(at), .text(who), .number(stored.batch), .number(stored.row),
            .number(stored.agentTranID), .text(stored.from), .text(stored.to), .text(stored.why),
            .bytes(stored.evidence), .bytes(signature),
        ])
        transaction.withLock { $0.head = ChainHead(event: stored.id, signature: signature) }
    }

    /// Notes what this commit adds to the send journal, beside the events that it writes.
    func note(_ entry: SendJournalEntry) {
        transaction.withLock { $0.entries.append(entry) }
    }

    /// Where the ledger stands: its last event.
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

    /// What is written to a file that was deleted, or replaced, is gone when the program ends.
    ///
    /// - Throws: ``LedgerError/isGone(path:)``
    private func checkInPlace() throws(LedgerError) {
        if let gone = files.first(where: { !$0.isInPlace }) { throw .isGone(path: gone.path) }
    }

    /// Asks the file system once for all claims of a transaction: what it says does not change between them.
    ///
    /// - Throws: ``LedgerError/diskAlmostFull(path:freeBytes:reserveBytes:)``
    func checkDiskSpace() throws(LedgerError) {
        if transaction.withLock({ $0.hasDiskSpace }) { return }
        try diskSpace.check()
        // The journal may be on another disk.
        try journalSpace.check()
        transaction.withLock { $0.hasDiskSpace = true }
    }

    /// A consistent view of the ledger, never blocked by a writer.
    func read<T>(_ query: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.read(query)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw readingError(error)
        }
    }

    /// Moves the write-ahead log into the ledger and cuts it to nothing, so that erased cards are in no file any more.
    package func eraseJournal() throws(LedgerError) {
        do {
            try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try checkInPlace()
                try tidySends(db)
                _ = try db.checkpoint(.truncate)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // A reader is still looking at the old pages; the next checkpoint does it.
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
    /// A run of an earlier program writes by the rules that it knows, and would be stopped by the first that a newer version
    /// made. So it may finish first.
    private static func lockOutRuns(ofEarlierVersions pool: DatabasePool, path: String) throws -> RunnerLock? {
        let migrator = LedgerSchema.migrator(signingWith: nil)
        let isOfEarlierVersion = try pool.read { db in
            try !migrator.appliedIdentifiers(db).isEmpty && !migrator.hasCompletedMigrations(db)
        }
        return try isOfEarlierVersion
            ? RunnerLock(ledgerPath: path, holder: "the ledger's move to a newer version") : nil
    }

    private static func makeCommitsDurable(_ pool: DatabasePool, path: String) throws {
        try pool.writeWithoutTransaction { db in
            // GRDB lowers this to NORMAL while it sets up WAL, whatever was said before: a commit would then not be on disk
            // when it returns.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw LedgerError.cannotOpen(path: path, reason: "SQLite refuses synchronous=FULL")
            }
        }
    }

    private static func migrate(_ pool: DatabasePool, upTo version: String?, signingWith seal: CardSeal?) throws {
        let migrator = LedgerSchema.migrator(signingWith: seal)
        guard let version else { return try migrator.migrate(pool) }
        // It cannot be gone back to.
        if try pool.read({ db in try !migrator.completedMigrations(db).contains(version) }) {
            try migrator.migrate(pool, upTo: version)
        }
    }

    /// SQLite counts what memory it has, for those who ask, under a lock at each piece it takes and gives back: a tenth of
    /// SQLite's instructions for a payout. It can be told not to before it is first used; later it only says that it is too late.
    static let leaveMemoryUncounted: Void = { _ = leave_sqlite_memory_uncounted() }()

    private static func openPool(path: String) throws -> DatabasePool {
        leaveMemoryUncounted
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // A checkpoint holds up every answer that waits for its commit, so there are few: one for 32 MiB of log, not for
            // 4. The run's end cuts the log to nothing.
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
