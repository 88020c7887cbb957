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
}
