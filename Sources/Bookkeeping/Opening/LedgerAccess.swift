import Crypto
import Foundation
import GRDB
import Payouts

/// A ledger's file and key as they were found, before anything was changed.
struct LedgerAccess {
    let path: String
    let keyFile: KeyFile
    private(set) var key: SymmetricKey
    /// Whose send journal a new ledger takes over.
    private(set) var adopted: SendJournalHeader?
    private let isNew: Bool

    /// Looks at an existing file without changing it; a new one is allowed where the person's words allow it.
    init(to path: String, keyFile: KeyFile, _ opening: LedgerOpening) throws {
        self.path = path
        if let stored = try Self.stored(path, keyFile) {
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
            // A new key could not read the journal that it is to take over.
            throw LedgerError.keyMissing(path: self.keyFile.path)
        }
        // Until the ledger is whole its key has another name: a program that dies here leaves nothing that looks used.
        key = try (FileManager.default.fileExists(atPath: self.keyFile.path) ? self.keyFile : self.keyFile.next)
            .readOrCreate()
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.cannotOpen(path: path, reason: SystemError().description) }
        Foundation.close(descriptor)
    }

    /// Looks at a copy of a ledger, which is named as the original where something is wrong.
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
        }
        guard let stored else { throw LedgerError.notALedger(path: path) }
        self.keyFile = stored.isSandbox ? keyFile.sandbox : keyFile
        key = try Self.key(self.keyFile, fitting: stored.keyCheck, path)
    }

    private struct Stored {
        let keyCheck: Data
        let isSandbox: Bool
    }

    /// What an existing ledger says of its key; `nil` where there is none yet.
    ///
    /// - Parameter keyFile: by its send journals a damaged ledger is told from another program's file.
    private static func stored(_ path: String, _ keyFile: KeyFile?) throws -> Stored? {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return nil }
        if isDirectory.boolValue { throw LedgerError.notALedger(path: path) }
        let size = try URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        guard size > 0 else { return nil }
        try demandWholeLog(of: path)
        try demandOneName(of: path)
        _ = Ledger.leaveMemoryUncounted
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
                if try LedgerSchema.migrator(signingWith: nil).hasBeenSuperseded(db) {
                    throw LedgerError.newerVersion(path: path)
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

    /// By the send journals a damaged ledger is told from another program's file.
    private static func wasLedger(_ path: String, _ keyFile: KeyFile?) -> Bool {
        guard let keyFile else { return false }
        return (SendJournal.paths(keyFile) + SendJournal.paths(keyFile.sandbox)).contains {
            SendJournal.header(ofFileAt: $0)?.home.path == path
        }
    }

    /// Whether there is more in a file than a name; nothing is changed in it.
    static func hasTables(_ path: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: path),
            try URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 > 0
        else { return false }
        _ = Ledger.leaveMemoryUncounted
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { db in
            guard try hasTables(db) else { return false }
            // A program that died before this was written had not made a ledger yet.
            return try !db.tableExists("ledgerKey")
                || db.tableExists("batch")
                    && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM ledgerKey)") == true
        }
    }

    /// The first thing in a new file is a list of migrations, and a program may die behind it.
    private static func hasTables(_ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%')")
            ?? false
    }

    /// Locks and the log go by the path: by another name of the same file two programs would write to it at once.
    private static func demandOneName(of path: String) throws {
        var status = Foundation.stat()
        guard unsafe stat(path, &status) == 0, status.st_nlink > 1 else { return }
        throw LedgerError.cannotOpen(
            path: path, reason: "the file has a second name, a hard link: remove that, and use this one alone")
    }

    /// SQLite takes the first bad frame of its log for the log's end, and drops all that was committed behind it.
    ///
    /// - Throws: ``LedgerError/logDamaged(path:)``
    private static func demandWholeLog(of path: String) throws {
        let log = WriteAheadLog(ofDatabaseAt: path)
        guard case .damaged = try log.inspect() else { return }
        // Read while a run writes to it, a log can look damaged.
        let lock = try FileLock(path: path + ".writer")
        try lock.lock()
        defer { lock.unlock() }
        if case .damaged = try log.inspect() { throw LedgerError.logDamaged(path: path) }
    }

    private static func key(
        _ keyFile: KeyFile, fitting keyCheck: Data, _ path: String
    ) throws -> SymmetricKey {
        // The program ended between two steps of a rotation or of the making of the ledger, or another process is at it.
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

    /// - Returns: whose send journal the new ledger takes over.
    /// - Throws: ``LedgerError/isMissing(path:others:)`` where the key was used before and nobody said what became of that ledger.
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

    /// Finds out which ledger this is; a new one, and one of an earlier version, get a name and a send journal.
    func identify(_ pool: DatabasePool, _ opening: LedgerOpening, seal: CardSeal) throws -> LedgerID {
        let stored = try pool.read { db in try Data.fetchOne(db, sql: "SELECT ledgerID FROM identity") }
        // A look at a copy of an earlier version must not make it the key's ledger.
        if stored == nil, !isNew, opening.purpose == .reading { return .random() }
        let id = try stored.map(LedgerID.init(bytes:)) ?? name(pool, opening, seal: seal)
        if !FileManager.default.fileExists(atPath: keyFile.path) { try keyFile.adoptNext() }
        return id
    }

    private func name(_ pool: DatabasePool, _ opening: LedgerOpening, seal: CardSeal) throws -> LedgerID {
        let home = opening.home ?? .here(path)
        let journals = SendJournal.paths(keyFile).filter { !SendJournal.isBlank($0) }
            .compactMap(SendJournal.header(ofFileAt:))
        // A copy that an earlier version made, put in the ledger's place, has no name yet.
        let known = adopted ?? (opening.creation == .secondLedger ? nil : journals.first { $0.home.path == home.path })
        if known == nil, !isNew, !journals.isEmpty, opening.creation != .secondLedger {
            throw LedgerError.isSecond(path: path, others: journals.map(\.home.path))
        }
        let id = known?.ledger ?? .random()
        // Whatever journal is found, it may be older than the ledger that is lost. A program that died while it began the new
        // one leaves a ledger without batches.
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
    /// Whether no commit has ever been added to a journal: a program that died while it made the ledger leaves such a one.
    static func isBlank(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, let header = header(ofFileAt: path) else { return false }
        let blank = SendJournalCoding.payload(of: header).count + 24 + 2 * SendJournalCoding.overhead
        return status.st_size <= blank
    }
}
