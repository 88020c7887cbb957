import Crypto
import Foundation
import GRDB
import Payouts

/// A ledger's file and key in the state before the opening changed anything.
struct LedgerAccess {
    let path: String
    let keyFile: KeyFile
    private(set) var key: SymmetricKey
    /// The header of the send journal that a new ledger takes over.
    private(set) var adopted: SendJournalHeader?
    let isNew: Bool

    /// Checks an existing file without changing it. Creates a new file if the person's options allow that.
    init(to path: String, keyFile: KeyFile, _ opening: LedgerOpening) throws {
        self.path = path
        if let stored = try Self.stored(path, keyFile) {
            guard !PrivateFile.isOpenToOthers(path) else {
                throw LedgerError.cannotOpen(
                    path: path, reason: "other accounts can read or write it: run chmod 600 on it and its -wal")
            }
            if let wanted = opening.isSandbox, wanted != stored.isSandbox, opening.purpose == .working {
                throw LedgerError.otherKind(path: path, isSandbox: stored.isSandbox)
            }
            self.keyFile = stored.isSandbox ? keyFile.sandbox : keyFile
            key = try Self.key(self.keyFile, fitting: stored.keyCheck, path)
            isNew = false
            return
        }
        self.keyFile = opening.isSandbox == true ? keyFile.sandbox : keyFile
        isNew = true
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw LedgerError.cannotOpen(path: path, reason: "there is no folder \(folder)")
        }
        adopted = try Self.allowCreation(at: path, self.keyFile, opening)
        if adopted != nil, !FileManager.default.fileExists(atPath: self.keyFile.path) {
            // A new key could not read the journal that the new ledger takes over.
            throw LedgerError.keyMissing(path: self.keyFile.path)
        }
        // The key has a different name until the ledger is complete. A program that dies here leaves no key that looks
        // used.
        key = try (FileManager.default.fileExists(atPath: self.keyFile.path) ? self.keyFile : self.keyFile.next)
            .readOrCreate()
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.cannotOpen(path: path, reason: SystemError().description) }
        Foundation.close(descriptor)
    }

    /// Checks a copy of a ledger. Errors name the original.
    init(toCopy copy: String, of path: String, keyFile: KeyFile) throws {
        self.path = path
        isNew = false
        let stored: Stored?
        do {
            stored = try Self.stored(copy, nil)
        } catch LedgerError.logDamaged {
            throw LedgerError.logDamaged(path: path)
        } catch LedgerError.notALedger {
            throw LedgerError.notALedger(path: path)
        } catch LedgerError.newerVersion {
            throw LedgerError.newerVersion(path: path)
        } catch LedgerError.tooOld {
            throw LedgerError.tooOld(path: path)
        }
        guard let stored else { throw LedgerError.notALedger(path: path) }
        self.keyFile = stored.isSandbox ? keyFile.sandbox : keyFile
        key = try Self.key(self.keyFile, fitting: stored.keyCheck, path)
    }

    private struct Stored {
        let keyCheck: Data
        let isSandbox: Bool
    }

    /// Returns the key check and kind of an existing ledger, or `nil` if there is none yet.
    ///
    /// - Parameter keyFile: the key. Its send journals show whether a damaged file was a ledger.
    private static func stored(_ path: String, _ keyFile: KeyFile?) throws -> Stored? {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
        if isDirectory.boolValue { throw LedgerError.notALedger(path: path) }
        let size = try URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        guard size > 0 else { return nil }
        try checkLog(of: path)
        try checkSingleName(of: path)
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let wasLedger = wasLedger(path, keyFile)
        do {
            return try DatabaseQueue(path: path, configuration: configuration).read { db in
                if try !hasTables(db) { return nil }
                guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == LedgerSchema.applicationID else {
                    throw wasLedger
                        ? LedgerError.damaged(path: path, reason: "its first page is not as it was")
                        : .notALedger(path: path)
                }
                switch try LedgerSchema.version(db) {
                case .newer: throw LedgerError.newerVersion(path: path)
                case .tooOld: throw LedgerError.tooOld(path: path)
                case .none, .current, .previous, .former: break
                }
                guard let keyCheck = try Data.fetchOne(db, sql: "SELECT keyCheck FROM ledgerKey") else { return nil }
                let isSandbox =
                    try db.tableExists("identity") ? Bool.fetchOne(db, sql: "SELECT isSandbox FROM identity") : false
                return Stored(keyCheck: keyCheck, isSandbox: isSandbox ?? false)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB && wasLedger {
            throw LedgerError.damaged(path: path, reason: "its first page is not as it was")
        }
    }

    /// Returns whether a send journal names this file. This distinguishes a damaged ledger from another program's file.
    private static func wasLedger(_ path: String, _ keyFile: KeyFile?) -> Bool {
        guard let keyFile else { return false }
        return (SendJournal.paths(keyFile) + SendJournal.paths(keyFile.sandbox)).contains {
            SendJournal.header(ofFileAt: $0)?.home.path == path
        }
    }

    /// Returns whether the file contains a ledger, without changing the file.
    static func hasTables(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path),
            try URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 > 0
        else { return false }
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { db in
            guard try hasTables(db) else { return false }
            // A program that died before this write had not finished the ledger.
            return try !db.tableExists("ledgerKey")
                || db.tableExists("batch")
                    && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM ledgerKey)") == true
        }
    }

    /// Returns whether the file has tables besides the list of migrations. That list is written first, and a program
    /// may die right after it.
    private static func hasTables(_ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%')")
            ?? false
    }

    /// Checks that the file has only one name. Locks and the log depend on the path. With two names, two programs could
    /// write at the same time.
    private static func checkSingleName(of path: String) throws {
        var status = Foundation.stat()
        guard unsafe stat(path, &status) == 0, status.st_nlink > 1 else { return }
        throw LedgerError.cannotOpen(
            path: path, reason: "the file has a second name, a hard link: remove that, and use this one alone")
    }

    /// Checks the write-ahead log. SQLite treats the first bad frame as the end of the log and drops every later
    /// commit.
    ///
    /// - Throws: ``LedgerError/logDamaged(path:)``
    private static func checkLog(of path: String) throws {
        let log = WriteAheadLog(ofDatabaseAt: path)
        guard case .damaged = try log.inspect() else { return }
        // Take the lock: a log that is read during a write can look damaged.
        let lock = try FileLock(path: path + ".writer")
        try lock.lock()
        defer { lock.unlock() }
        if case .damaged = try log.inspect() { throw LedgerError.logDamaged(path: path) }
    }

    private static func key(
        _ keyFile: KeyFile, fitting keyCheck: Data, _ path: String
    ) throws -> SymmetricKey {
        // An earlier program ended in the middle of a rotation or of the creation. Or another process is doing this
        // now.
        let next = FileManager.default.fileExists(atPath: keyFile.next.path)
        if !next || FileManager.default.fileExists(atPath: keyFile.path) {
            let key = try keyFile.read()
            if try CardSeal(key: key).keyCheck == keyCheck { return key }
        }
        if next {
            let key = try keyFile.next.read()
            if try CardSeal(key: key).keyCheck == keyCheck { return key }
        }
        throw LedgerError.keyDoesNotFit(path: keyFile.path, ledger: path)
    }

    /// Checks whether a new ledger may be created.
    ///
    /// - Returns: the header of the send journal that the new ledger takes over.
    /// - Throws: ``LedgerError/isMissing(path:others:)`` if the key was used before and nobody said what happened to
    ///   that ledger.
    static func allowCreation(
        at path: String, _ keyFile: KeyFile, _ opening: LedgerOpening
    ) throws -> SendJournalHeader? {
        let journals = SendJournal.paths(keyFile).filter { !SendJournal.isBlank($0) }
        let headers = journals.compactMap(SendJournal.header(ofFileAt:))
        switch opening.creation {
        case .secondLedger: return nil
        case .replacingLost:
            guard opening.purpose == .working else { return nil }
            let home = opening.home ?? .here(path)
            let own = headers.filter { $0.home.path == home.path }
            return own.count == 1 ? own[0] : headers.count == 1 ? headers[0] : nil
        case .ifKeyIsNew:
            guard journals.isEmpty, !FileManager.default.fileExists(atPath: keyFile.path) else {
                throw LedgerError.isMissing(path: path, others: headers.map(\.home.path).filter { $0 != path })
            }
            return nil
        }
    }

    /// Returns the ledger's id. A new ledger, and one of an earlier version, get an id and a send journal.
    func identify(_ pool: DatabasePool, _ opening: LedgerOpening, seal: CardSeal) throws -> LedgerID {
        let stored = try pool.read { db in try Data.fetchOne(db, sql: "SELECT ledgerID FROM identity") }
        // Reading a copy of an earlier version must not make the copy the ledger of this key.
        if stored == nil, !isNew, opening.purpose == .reading { return .random() }
        let id = try stored.map(LedgerID.init(bytes:)) ?? name(pool, opening, seal: seal)
        let journal = SendJournal.path(keyFile, id)
        // Its records are signed, so others may read a copy that somebody put back.
        if PrivateFile.isWritableByOthers(journal) {
            throw LedgerError.cannotOpen(path: journal, reason: "other accounts can write it: run chmod 600 on it")
        }
        if !FileManager.default.fileExists(atPath: keyFile.path) { try keyFile.adoptNext() }
        return id
    }

    private func name(_ pool: DatabasePool, _ opening: LedgerOpening, seal: CardSeal) throws -> LedgerID {
        let home = opening.home ?? .here(path)
        let journals = SendJournal.paths(keyFile).filter { !SendJournal.isBlank($0) }
            .compactMap(SendJournal.header(ofFileAt:))
        // An earlier version made this copy, and it now replaces the ledger. It has no id yet.
        let known = adopted ?? (opening.creation == .secondLedger ? nil : journals.first { $0.home.path == home.path })
        if known == nil, !isNew, !journals.isEmpty, opening.creation != .secondLedger {
            throw LedgerError.isSecond(path: path, others: journals.map(\.home.path))
        }
        let id = known?.ledger ?? .random()
        // A journal that exists may be older than the lost ledger. A program that died while creating the new ledger
        // leaves a ledger without batches.
        let isEmpty = try pool.read { db in
            try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM batch)") ?? true
        }
        let replacesLost = isNew && opening.creation == .replacingLost || isEmpty && known != nil
        let isRebuilt = replacesLost || known?.isRebuilt == true
        try pool.write { db in
            if known == nil {
                let journal = SendJournal(path: SendJournal.path(keyFile, id), seal: seal.journal, disk: opening.disk)
                let contents = try SendJournalContents(ofLedger: db)
                try journal.replace(
                    with: SendJournalHeader(
                        ledger: id, home: home,
                        sealedFingerprintKey: try Data.fetchOne(db, sql: "SELECT sealedFingerprintKey FROM ledgerKey"),
                        isRebuilt: isRebuilt),
                    SendJournalFrame(head: try Ledger.chainHead(db), entries: contents.entries))
            }
            try db.execute(
                sql: """
                    INSERT INTO identity (id, ledgerID, isSandbox, isRebuilt, path, machine) VALUES (1, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.bytes, isNew && opening.isSandbox == true, isRebuilt, home.path, home.machine,
                ])
        }
        return id
    }
}

extension SendJournal {
    /// Returns whether a journal never got a commit. A program that dies while it creates the ledger leaves such a
    /// journal.
    static func isBlank(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, let header = header(ofFileAt: path) else { return false }
        let blank = SendJournalCoding.payload(of: header).count + 24 + 2 * SendJournalCoding.overhead
        return status.st_size <= blank
    }
}
