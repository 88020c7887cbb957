import Foundation
import GRDB
import Payouts
import Synchronization

/// Compares the ledger with its send journal.
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
        let home = opening.home ?? .here(path)
        let standing = try underWritersLock { db in try self.standing(db) }
        if opening.purpose == .reading {
            return try compareForReading(standing, at: home)
        }
        try demandThatThereIsNoOther(than: home)
        if let recovery = opening.recovery {
            try recover(recovery, standing, at: home)
        } else {
            switch standing {
            case .inStep: break
            case .ledgerIsAheadByOne: try rewriteSends(home: home)
            // A new ledger has forgotten all, and a person said so.
            case .journalIsAhead where opening.creation == .replacingLost: try rewriteSends(home: home)
            case .journalIsAhead(let contents): try putRight(by: contents, isBehind: true)
            case .unusable(let trouble):
                throw LedgerError.journalUnusable(ledger: path, journal: sends.path, trouble: trouble)
            }
        }
        try settle(at: home, opening)
    }

    /// A copy is only looked at; the ledger itself is put right, so that what is shown is true.
    private func compareForReading(_ standing: Standing, at home: LedgerHome) throws(LedgerError) {
        switch standing {
        case .inStep, .ledgerIsAheadByOne: return
        case .journalIsAhead(let contents):
            if try isAtHome(home) { return try putRight(by: contents, isBehind: true) }
            findings.withLock { $0.append(.isBehind) }
        case .unusable(let trouble):
            findings.withLock { $0.append(.hasNoJournal(trouble)) }
        }
    }

    /// Does what a person said. Whatever she says, rows that a journal proves to be sent are not sent again.
    ///
    /// What must be remembered is in the ledger before the journal can be used again: a program that dies in between leaves
    /// the two as they were.
    private func recover(
        _ recovery: LedgerOpening.Recovery, _ standing: Standing, at home: LedgerHome
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
        for contents in try allJournals() { try putRight(by: contents, isBehind: false) }
        try salvageSends(home: home)
    }

    /// What the journals of all ledgers under this key know, as far as they can be believed: one may have gone on where another
    /// stopped.
    private func allJournals() throws(LedgerError) -> [SendJournalContents] {
        try underWritersLock { _ in
            try SendJournal.paths(keyFile).map { path in
                try SendJournal(path: path, seal: seal.journal, disk: .system)
                    .salvage(keepingDamagedAs: "\(path).damaged-\(timestamp() / 1000)")
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
}
