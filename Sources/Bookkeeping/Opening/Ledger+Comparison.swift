import Foundation
import GRDB
import Payouts
import Synchronization

/// Compares the ledger with its send journal.
extension Ledger {
    private enum JournalStatus {
        case inStep
        /// A program died after the commit to the ledger and before the commit to the journal.
        case ledgerIsAheadByOne
        /// The journal has commits that the ledger does not have.
        case journalIsAhead(SendJournalContents)
        case unusable(LedgerError.JournalTrouble)
    }

    /// Compares the ledger with its journal, and repairs what can be repaired.
    ///
    /// - Throws: ``LedgerError/isCopy(path:original:)``, or ``LedgerError/journalUnusable(ledger:journal:trouble:)`` if
    ///   only a person can say what happened.
    func compare(_ opening: LedgerOpening) throws(LedgerError) {
        let home = opening.home ?? .here(path)
        let status = try underWritersLock { db in try self.journalStatus(db) }
        if opening.purpose == .reading {
            return try compareForReading(status, at: home)
        }
        try checkNoOtherCopy(than: home)
        // Read this before the journal is written again.
        let header = SendJournal.header(ofFileAt: sends.path)
        if let recovery = opening.recovery {
            try recover(recovery, status, at: home)
        } else {
            switch status {
            case .inStep: try checkWithoutLog(isInStep: true)
            case .ledgerIsAheadByOne:
                try checkWithoutLog(isInStep: false)
                try rewriteSends(home: home)
            // A new ledger has no sends, and a person confirmed that the old one is lost.
            case .journalIsAhead where opening.creation == .replacingLost: try rewriteSends(home: home)
            // The journal of the lost ledger is damaged too. Its readable part still counts.
            case .unusable(.damaged) where opening.creation == .replacingLost:
                try recover(.older, status, at: home)
            case .journalIsAhead(let contents): try putRight(by: contents, of: .this)
            case .unusable(let trouble):
                throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: trouble)
            }
        }
        isWhole.withLock { $0 = true }
        if let header, header.ledger == id, header.isRebuilt { try askFirstFromNowOn() }
        try takeInOtherLedgers()
        try settle(at: home, opening)
    }

    /// Makes the program ask the bank about every row before it sends it, also in batches that are imported later. The
    /// journal remembers this. An older copy of the ledger does not.
    private func askFirstFromNowOn() throws(LedgerError) {
        let asks = try read { db in try Bool.fetchOne(db, sql: "SELECT isRebuilt FROM identity") == true }
        guard !asks else { return }
        try write { db in
            try db.execute(sql: "UPDATE identity SET isRebuilt = 1")
            _ = try askFirstAboutAll(db)
        }
    }

    /// Checks the whole ledger if its log is gone and was still needed.
    ///
    /// A program that dies in a checkpoint leaves a file in which only some pages are new. The log completes the file.
    /// Without the log, the file may have the newest event but the old state of the row. Such a row would be sent
    /// again.
    ///
    /// - Throws: ``LedgerError/damaged(path:reason:)``
    private func checkWithoutLog(isInStep: Bool) throws(LedgerError) {
        let damage = try underWritersLock { db -> String? in
            guard hadNoLog, try !(isInStep && sends.needsNoLog()) else { return nil }
            return try LedgerAudit(db: db, seal: seal).faults().first
        }
        if let damage { throw .damaged(path: path, reason: damage) }
    }

    /// Compares the two for a reader. It does not change a copy. It repairs the ledger itself, so that pages show the
    /// true states.
    private func compareForReading(_ status: JournalStatus, at home: LedgerHome) throws(LedgerError) {
        switch status {
        case .inStep:
            let isComplete = try underWritersLock { _ in try !hadNoLog || sends.needsNoLog() }
            let isHere = try isAtHome(home)
            isWhole.withLock { $0 = isComplete && isHere }
        case .ledgerIsAheadByOne: return
        case .journalIsAhead(let contents):
            if try isAtHome(home) { return try putRight(by: contents, of: .this) }
            findings.withLock { $0.append(.isBehind) }
        case .unusable(let trouble):
            findings.withLock { $0.append(.hasNoJournal(trouble)) }
        }
    }

    /// Carries out the person's choice. No choice sends a row again that a journal proves to be sent.
    ///
    /// The ledger stores everything before the journal becomes usable again. If the program dies in between, both are
    /// unchanged.
    private func recover(
        _ recovery: LedgerOpening.Recovery, _ status: JournalStatus, at home: LedgerHome
    ) throws(LedgerError) {
        let damage = try read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check").first { $0 != "ok" }
        }
        if let damage { throw .damaged(path: path, reason: damage) }
        if recovery == .older {
            try write(.none) { db in
                try db.execute(sql: "UPDATE identity SET isRebuilt = 1")
                _ = try askFirstAboutAll(db)
            }
        }
        let journals = try allJournals()
        for journal in journals { try putRight(by: journal.contents, of: .predecessor) }
        try replaceSends(with: journals.first { $0.path == sends.path }?.contents, home: home)
    }

    /// Returns the trustworthy contents of the journals of all ledgers with this key. One journal may continue where
    /// another stopped.
    private func allJournals() throws(LedgerError) -> [(path: String, contents: SendJournalContents)] {
        try underWritersLock { _ in
            try SendJournal.paths(keyFile).map { path in
                let journal = SendJournal(path: path, seal: seal.journal, disk: .system)
                return (path, try journal.salvage(keepingDamagedAs: "\(path).damaged-\(timestamp() / 1000)"))
            }
        }
    }

    private func journalStatus(_ db: Database) throws -> JournalStatus {
        let head = try Self.chainHead(db)
        do {
            guard let last = try sends.lastHead() else { return .unusable(.damaged) }
            if last == head { return .inStep }
            if try last == Self.priorHead(db) { return .ledgerIsAheadByOne }
            let own = try Self.chainHead(at: last.event, db)
            if last == .beginning || (last.event < head.event && last == own) { return .unusable(.older) }
            let contents = try sends.contents().contents
            let known = try Self.headsInJournal(db)
            // An older ledger has a head that the journal contains, or a head from before the journal's last rewrite.
            let isBehind =
                contents.heads.contains(where: known.contains)
                || contents.heads.first.map { head.event < $0.event } ?? false
            return isBehind ? .journalIsAhead(contents) : .unusable(.parted)
        } catch SendJournal.Unusable.missing {
            return .unusable(.missing)
        } catch SendJournal.Unusable.damaged {
            return .unusable(.damaged)
        }
    }

    /// Returns the head before the last commit.
    private static func priorHead(_ db: Database) throws -> ChainHead? {
        try Row.fetchOne(
            db, sql: "SELECT priorEvent, priorSignature FROM chain WHERE event = (SELECT max(id) FROM event)"
        ).map { ChainHead(event: $0[0], signature: $0[1]) }
    }

    /// Returns the heads under which the send journal may know the ledger's current state. One is the ledger's own
    /// head. Right after an upgrade there is a second one: the head with the old signatures. It is stored as the prior
    /// head of the same event.
    static func headsInJournal(_ db: Database) throws -> Set<ChainHead> {
        let head = try chainHead(db)
        guard let prior = try priorHead(db), prior.event == head.event else { return [head] }
        return [head, prior]
    }

    private static func chainHead(at event: Int64, _ db: Database) throws -> ChainHead? {
        try Row.fetchOne(db, sql: "SELECT id, signature FROM event WHERE id = ?", arguments: [event])
            .map { ChainHead(event: $0[0], signature: ($0[1] as Data?) ?? Data()) }
    }
}
