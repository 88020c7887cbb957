import CSQLiteMemory
import Crypto
import Foundation
import GRDB
import Payouts
import Synchronization

/// The book of every batch, payout, attempt and event, in one SQLite file.
///
///     let ledger = try Ledger(path: "output/payouts.sqlite", keyFile: KeyFile(path: keyPath), who: "aziz") { Date() }
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
    private let diskSpace: DiskSpace
    /// The ledger and its log as they were opened.
    private let files: [OpenedFile]
    private let journal: JournalFile
    private let writerLock: FileLock
    /// Whether a write failed, so that what SQLite takes for durable may not be.
    private let hasFailed = Mutex(false)
    /// Whether the transaction that is on has seen that there is room on the disk.
    private let hasDiskSpace = Mutex(false)

    /// - Parameters:
    ///   - who: the person or program in whose name events are written.
    ///   - diskSpace: how much room must stay free for answers on their way.
    /// - Throws: ``LedgerError``; nothing is changed in a file that is not a ledger of this version and key.
    package init(
        path: String, keyFile: KeyFile, who: String, diskSpace: DiskSpace? = nil, journal: JournalFile = JournalFile(),
        now: @escaping @Sendable () -> Date
    ) throws(LedgerError) {
        self.path = path
        self.journal = journal
        self.who = who
        self.now = now
        self.diskSpace = diskSpace ?? DiskSpace(path: path)
        do {
            // Looked at before anything, even a lock file, is made beside a file that may not be ours.
            let key = try Self.key(in: keyFile, forLedgerAt: path)
            let lock = try FileLock(path: path + ".writer")
            try lock.lock()
            defer { lock.unlock() }
            writerLock = lock
            pool = try Self.openPool(path: path)
            try Self.migrate(pool, path: path)
            seal = try CardSeal(
                key: key,
                sealedFingerprintKey: pool.read { db in
                    try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey")
                })
            let keyCheck = seal.keyCheck
            try pool.writeWithoutTransaction { db in
                // GRDB lowers this to NORMAL while it sets up WAL, whatever was said before: a commit would then not be
                // on disk when it returns.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                    throw LedgerError.cannotOpen(path: path, reason: "SQLite refuses synchronous=FULL")
                }
                try db.execute(
                    sql: "INSERT OR IGNORE INTO ledgerKey (id, keyCheck) VALUES (1, ?)", arguments: [keyCheck])
                guard try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") == keyCheck else {
                    throw LedgerError.keyDoesNotFit(path: keyFile.path, ledger: path)
                }
            }
            files = try [OpenedFile(path: path), OpenedFile(path: path + "-wal")]
        } catch let error as LedgerError {
            throw error
        } catch {
            throw Self.openingError(error, path: path)
        }
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
        do {
            try pool.writeWithoutTransaction { _ in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try journal.secure(ofLedgerAt: path)
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw writingError(error)
        }
    }

    deinit {
        do {
            try close()
        } catch {
            // Closing only tidies up: what was committed is in the file or in its write-ahead log.
        }
    }

    /// One durable transaction under the writers' lock, on this thread.
    func write<T>(_ changes: (Database) throws -> T) throws(LedgerError) -> T {
        do {
            return try pool.writeWithoutTransaction { db in
                try writerLock.lock()
                defer { writerLock.unlock() }
                try checkInPlace()
                hasDiskSpace.withLock { $0 = false }
                var result: T?
                try db.inTransaction(.immediate) {
                    result = try changes(db)
                    return .commit
                }
                return result!
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            hasFailed.withLock { $0 = true }
            throw writingError(error)
        }
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
        if hasDiskSpace.withLock({ $0 }) { return }
        try diskSpace.check()
        hasDiskSpace.withLock { $0 = true }
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
    /// Looks at an existing file without changing it; where there is none, makes an empty one and its key.
    private static func key(in keyFile: KeyFile, forLedgerAt path: String) throws -> SymmetricKey {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        if isDirectory.boolValue { throw LedgerError.notALedger(path: path) }
        let url = URL(fileURLWithPath: path)
        let size = exists ? try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 : 0
        if size == 0 {
            do {
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            } catch {
                throw LedgerError.cannotOpen(path: path, reason: "its folder cannot be made")
            }
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw LedgerError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
            }
            Foundation.close(descriptor)
            return try keyFile.readOrCreate()
        }
        leaveMemoryUncounted
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let reader = try DatabaseQueue(path: path, configuration: configuration)
        let stored = try reader.read { db in
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            if tables == 0 { return Data?.none }
            guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.applicationID else {
                throw LedgerError.notALedger(path: path)
            }
            if try LedgerSchema.migrator.hasBeenSuperseded(db) { throw LedgerError.newerVersion(path: path) }
            return try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey")
        }
        guard let stored else { return try keyFile.readOrCreate() }
        let key = try keyFile.read()
        if try CardSeal(key: key).keyCheck == stored { return key }
        // The program ended between the two steps of a rotation, or another process is at the second one.
        if FileManager.default.fileExists(atPath: keyFile.next.path) {
            let next = try keyFile.next.read()
            if try CardSeal(key: next).keyCheck == stored { return next }
        }
        throw LedgerError.keyDoesNotFit(path: keyFile.path, ledger: path)
    }

    /// A run of an earlier program writes by the rules that it knows, and would be stopped by the first that a newer version
    /// made. It is let end.
    private static func migrate(_ pool: DatabasePool, path: String) throws {
        let migrator = LedgerSchema.migrator
        let isOfEarlierVersion = try pool.read { db in
            try !migrator.appliedIdentifiers(db).isEmpty && !migrator.hasCompletedMigrations(db)
        }
        let runner =
            try isOfEarlierVersion ? RunnerLock(ledgerPath: path, holder: "the ledger's move to a newer version") : nil
        defer { runner?.release() }
        try migrator.migrate(pool)
    }

    /// SQLite counts what memory it has, for those who ask, under a lock at each piece it takes and gives back: a tenth of
    /// SQLite's instructions for a payout. It can be told not to before it is first used; later it only says that it is too late.
    private static let leaveMemoryUncounted: Void = { _ = leave_sqlite_memory_uncounted() }()

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

    private static func openingError(_ error: any Error, path: String) -> LedgerError {
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
