import GRDB

/// The ledger's tables. What must never happen is forbidden here, not only avoided by the code above.
enum LedgerSchema {
    /// “PAYO”: tells our files from other SQLite files.
    static let applicationID: Int32 = 0x5041_594F

    /// Up to the tables before those that are signed.
    static let lastUnsignedVersion = "8: live attempts in an index that payments leave alone"

    /// - Parameter seal: signs the records of a ledger that is taken over; without it the tables can only be looked at.
    static func migrator(signingWith seal: CardSeal?) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: batches, payouts, attempts, events") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: version1)
        }
        migrator.registerMigration("2: decisions of people, the clock") { db in
            try db.execute(sql: version2)
        }
        migrator.registerMigration("3: warnings by their kind") { db in
            try db.execute(sql: version3)
        }
        migrator.registerMigration("4: corrections, approvals") { db in
            try db.execute(sql: version4)
        }
        migrator.registerMigration("5: a key of their own for fingerprints") { db in
            try db.execute(sql: "ALTER TABLE ledgerKey ADD COLUMN sealedFingerprintKey BLOB")
        }
        migrator.registerMigration("6: attempts in the order of their rows, rules that cost less") { db in
            try db.execute(sql: version6)
        }
        migrator.registerMigration("7: events and final states that cost less") { db in
            try db.execute(sql: version7)
        }
        migrator.registerMigration(lastUnsignedVersion) { db in
            try db.execute(sql: version8)
        }
        migrator.registerMigration("9: signed records, a chain of events, the ledger's own name") { db in
            guard let seal else { throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no key to sign with") }
            try db.execute(sql: version9)
            try SigningMigration(seal: seal).sign(db)
        }
        return migrator
    }

    private static let version1 = """
        CREATE TABLE batch (
            id          INTEGER PRIMARY KEY,
            reference   TEXT    NOT NULL UNIQUE,
            fileName    TEXT    NOT NULL,
            fileSHA256  TEXT    NOT NULL,
            rows        INTEGER NOT NULL CHECK (rows > 0),
            sumTiyin    INTEGER NOT NULL CHECK (sumTiyin > 0),
            importedBy  TEXT    NOT NULL,
            importedAt  INTEGER NOT NULL,
            warnings    INTEGER NOT NULL CHECK (warnings >= 0),
            acceptedBy  TEXT,
            bank        TEXT,
            senderName  TEXT,
            pauseCode   TEXT,
            pauseText   TEXT,
            CHECK ((bank IS NULL) = (senderName IS NULL))
        ) STRICT;
        CREATE INDEX batchByFile ON batch (fileSHA256);

        CREATE TABLE payout (
            batchID         INTEGER NOT NULL REFERENCES batch (id),
            row             INTEGER NOT NULL CHECK (row > 0),
            account         TEXT    NOT NULL CHECK (length(account) = 20),
            bankCode        TEXT    NOT NULL CHECK (length(bankCode) = 5),
            maskedCard      TEXT    NOT NULL,
            sealedCard      BLOB,
            cardFingerprint BLOB    NOT NULL,
            amountTiyin     INTEGER NOT NULL CHECK (amountTiyin > 0),
            name            TEXT,
            rowKey          TEXT,
            state           TEXT    NOT NULL
                CHECK (state IN ('queued', 'sending', 'paid', 'refused', 'unknown', 'review', 'withdrawn')),
            reasonCode      TEXT,
            httpStatus      INTEGER,
            bankText        TEXT,
            changedAt       INTEGER NOT NULL,
            PRIMARY KEY (batchID, row),
            CHECK ((sealedCard IS NULL) = (state IN ('paid', 'withdrawn')))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX payoutByState ON payout (batchID, state, row, amountTiyin);
        CREATE INDEX payoutByCard ON payout (cardFingerprint, amountTiyin);
        CREATE TRIGGER paidIsFinal BEFORE UPDATE OF state ON payout
            WHEN OLD.state IN ('paid', 'withdrawn') AND NEW.state <> OLD.state
            BEGIN SELECT RAISE(ABORT, 'a paid or withdrawn row never changes its state'); END;

        CREATE TABLE attempt (
            agentTranID           INTEGER PRIMARY KEY,
            batchID               INTEGER NOT NULL,
            row                   INTEGER NOT NULL,
            number                INTEGER NOT NULL CHECK (number > 0),
            verdict               TEXT    NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'paid', 'refused')),
            sends                 INTEGER NOT NULL DEFAULT 0,
            isDoubtful            INTEGER NOT NULL DEFAULT 0 CHECK (isDoubtful IN (0, 1)),
            lastSentAt            INTEGER,
            quietSince            INTEGER,
            lastAskedAt           INTEGER,
            notFoundCount         INTEGER NOT NULL DEFAULT 0,
            bmID                  INTEGER,
            commission            TEXT,
            commissionAmountTiyin INTEGER,
            senderExtID           TEXT,
            recipientExtID        TEXT,
            UNIQUE (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row),
            CHECK (verdict <> 'paid' OR bmID IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX oneLiveAttempt ON attempt (batchID, row) WHERE verdict <> 'refused';

        CREATE TABLE event (
            id          INTEGER PRIMARY KEY AUTOINCREMENT,
            at          INTEGER NOT NULL,
            who         TEXT    NOT NULL,
            batchID     INTEGER NOT NULL REFERENCES batch (id),
            row         INTEGER,
            agentTranID INTEGER,
            fromState   TEXT,
            toState     TEXT,
            why         TEXT    NOT NULL
        ) STRICT;
        CREATE INDEX eventByRow ON event (batchID, row);
        CREATE TRIGGER eventsStayAsWritten BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;
        CREATE TRIGGER eventsStay BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;

        CREATE TABLE ledgerKey (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            keyCheck BLOB NOT NULL
        ) STRICT;
        """
    /// SQLite cannot change a CHECK in place, so the table of attempts is made anew.
    private static let version2 = """
        CREATE TABLE attempt2 (
            agentTranID           INTEGER PRIMARY KEY,
            batchID               INTEGER NOT NULL,
            row                   INTEGER NOT NULL,
            number                INTEGER NOT NULL CHECK (number > 0),
            verdict               TEXT    NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'paid', 'refused')),
            sends                 INTEGER NOT NULL DEFAULT 0,
            isDoubtful            INTEGER NOT NULL DEFAULT 0 CHECK (isDoubtful IN (0, 1)),
            lastSentAt            INTEGER,
            quietSince            INTEGER,
            lastAskedAt           INTEGER,
            notFoundCount         INTEGER NOT NULL DEFAULT 0,
            bmID                  INTEGER,
            commission            TEXT,
            commissionAmountTiyin INTEGER,
            senderExtID           TEXT,
            recipientExtID        TEXT,
            decidedBy             TEXT,
            UNIQUE (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row),
            CHECK (verdict <> 'paid' OR bmID IS NOT NULL OR decidedBy IS NOT NULL)
        ) STRICT;
        INSERT INTO attempt2 SELECT *, NULL FROM attempt;
        DROP TABLE attempt;
        ALTER TABLE attempt2 RENAME TO attempt;
        CREATE UNIQUE INDEX oneLiveAttempt ON attempt (batchID, row) WHERE verdict <> 'refused';

        ALTER TABLE batch ADD COLUMN asksFirst INTEGER NOT NULL DEFAULT 0 CHECK (asksFirst IN (0, 1));

        CREATE TABLE clock (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            wall     INTEGER NOT NULL,
            uptime   INTEGER NOT NULL,
            boot     TEXT    NOT NULL
        ) STRICT;
        """
    private static let version3 = """
        CREATE TABLE warning (
            batchID INTEGER NOT NULL REFERENCES batch (id),
            kind    TEXT    NOT NULL,
            count   INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (batchID, kind)
        ) STRICT, WITHOUT ROWID;
        """
    /// What a row said before a person corrected it, with the number of the attempt that was made with it.
    private static let version4 = """
        CREATE TABLE correction (
            id          INTEGER PRIMARY KEY AUTOINCREMENT,
            at          INTEGER NOT NULL,
            who         TEXT    NOT NULL,
            batchID     INTEGER NOT NULL,
            row         INTEGER NOT NULL,
            number      INTEGER NOT NULL CHECK (number > 0),
            account     TEXT    NOT NULL,
            bankCode    TEXT    NOT NULL,
            maskedCard  TEXT    NOT NULL,
            amountTiyin INTEGER NOT NULL,
            changeTiyin INTEGER NOT NULL,
            UNIQUE (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row)
        ) STRICT;

        ALTER TABLE batch ADD COLUMN needsApproval INTEGER NOT NULL DEFAULT 0 CHECK (needsApproval IN (0, 1));
        CREATE TABLE approval (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            at             INTEGER NOT NULL,
            who            TEXT    NOT NULL,
            batchID        INTEGER NOT NULL REFERENCES batch (id),
            fileSHA256     TEXT    NOT NULL,
            rows           INTEGER NOT NULL,
            sumTiyin       INTEGER NOT NULL,
            lastCorrection INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX approvalByBatch ON approval (batchID);

        CREATE TRIGGER correctionsStayAsWritten BEFORE UPDATE ON correction
            BEGIN SELECT RAISE(ABORT, 'corrections are only added'); END;
        CREATE TRIGGER correctionsStay BEFORE DELETE ON correction
            BEGIN SELECT RAISE(ABORT, 'corrections are only added'); END;
        CREATE TRIGGER approvalsStayAsWritten BEFORE UPDATE ON approval
            BEGIN SELECT RAISE(ABORT, 'approvals are only added'); END;
        CREATE TRIGGER approvalsStay BEFORE DELETE ON approval
            BEGIN SELECT RAISE(ABORT, 'approvals are only added'); END;
        """
    /// The ids are spread evenly over 15 digits. With the attempts in their order, each claim and each answer changed a page
    /// of its own; in the order of the rows, a commit's attempts are neighbours.
    ///
    /// For `IN` with more than two values, SQLite builds a table of them each time the rule is checked; `OR` says the same.
    private static let version6 = """
        CREATE TABLE payout6 (
            batchID         INTEGER NOT NULL REFERENCES batch (id),
            row             INTEGER NOT NULL CHECK (row > 0),
            account         TEXT    NOT NULL CHECK (length(account) = 20),
            bankCode        TEXT    NOT NULL CHECK (length(bankCode) = 5),
            maskedCard      TEXT    NOT NULL,
            sealedCard      BLOB,
            cardFingerprint BLOB    NOT NULL,
            amountTiyin     INTEGER NOT NULL CHECK (amountTiyin > 0),
            name            TEXT,
            rowKey          TEXT,
            state           TEXT    NOT NULL
                CHECK (state = 'queued' OR state = 'sending' OR state = 'paid' OR state = 'refused' OR state = 'unknown'
                    OR state = 'review' OR state = 'withdrawn'),
            reasonCode      TEXT,
            httpStatus      INTEGER,
            bankText        TEXT,
            changedAt       INTEGER NOT NULL,
            PRIMARY KEY (batchID, row),
            CHECK ((sealedCard IS NULL) = (state = 'paid' OR state = 'withdrawn'))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO payout6 SELECT * FROM payout;
        DROP TABLE payout;
        ALTER TABLE payout6 RENAME TO payout;
        CREATE INDEX payoutByState ON payout (batchID, state, row, amountTiyin);
        CREATE INDEX payoutByCard ON payout (cardFingerprint, amountTiyin);
        CREATE TRIGGER paidIsFinal BEFORE UPDATE OF state ON payout
            WHEN OLD.state IN ('paid', 'withdrawn') AND NEW.state <> OLD.state
            BEGIN SELECT RAISE(ABORT, 'a paid or withdrawn row never changes its state'); END;

        CREATE TABLE attempt6 (
            agentTranID           INTEGER NOT NULL UNIQUE,
            batchID               INTEGER NOT NULL,
            row                   INTEGER NOT NULL,
            number                INTEGER NOT NULL CHECK (number > 0),
            verdict               TEXT    NOT NULL DEFAULT 'open'
                CHECK (verdict = 'open' OR verdict = 'paid' OR verdict = 'refused'),
            sends                 INTEGER NOT NULL DEFAULT 0,
            isDoubtful            INTEGER NOT NULL DEFAULT 0 CHECK (isDoubtful IN (0, 1)),
            lastSentAt            INTEGER,
            quietSince            INTEGER,
            lastAskedAt           INTEGER,
            notFoundCount         INTEGER NOT NULL DEFAULT 0,
            bmID                  INTEGER,
            commission            TEXT,
            commissionAmountTiyin INTEGER,
            senderExtID           TEXT,
            recipientExtID        TEXT,
            decidedBy             TEXT,
            PRIMARY KEY (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row),
            CHECK (verdict <> 'paid' OR bmID IS NOT NULL OR decidedBy IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO attempt6 SELECT * FROM attempt ORDER BY batchID, row, number;
        DROP TABLE attempt;
        ALTER TABLE attempt6 RENAME TO attempt;
        CREATE UNIQUE INDEX oneLiveAttempt ON attempt (batchID, row) WHERE verdict <> 'refused';
        """
    /// Events are never deleted, so the next id is the largest and one; `AUTOINCREMENT` wrote it down for each of them, on a page
    /// of its own.
    ///
    /// Before a change, a trigger has SQLite look for the row twice, and `ABORT` has it copy each page that the change may
    /// touch. What breaks the rule still changes nothing: now the whole transaction is taken back.
    private static let version7 = """
        CREATE TABLE event7 (
            id          INTEGER PRIMARY KEY,
            at          INTEGER NOT NULL,
            who         TEXT    NOT NULL,
            batchID     INTEGER NOT NULL REFERENCES batch (id),
            row         INTEGER,
            agentTranID INTEGER,
            fromState   TEXT,
            toState     TEXT,
            why         TEXT    NOT NULL
        ) STRICT;
        INSERT INTO event7 SELECT * FROM event ORDER BY id;
        DROP TABLE event;
        ALTER TABLE event7 RENAME TO event;
        CREATE INDEX eventByRow ON event (batchID, row);
        CREATE TRIGGER eventsStayAsWritten BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;
        CREATE TRIGGER eventsStay BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;

        DROP TRIGGER paidIsFinal;
        CREATE TRIGGER paidIsFinal AFTER UPDATE OF state ON payout
            WHEN (OLD.state = 'paid' OR OLD.state = 'withdrawn') AND NEW.state <> OLD.state
            BEGIN SELECT RAISE(ROLLBACK, 'a paid or withdrawn row never changes its state'); END;
        """
    /// The index of live attempts hung on the verdict, and so each payment wrote its entry anew. Whether an attempt is refused
    /// changes seldom, and stands beside the verdict now; the rule keeps the two from saying different things.
    private static let version8 = """
        CREATE TABLE attempt8 (
            agentTranID           INTEGER NOT NULL UNIQUE,
            batchID               INTEGER NOT NULL,
            row                   INTEGER NOT NULL,
            number                INTEGER NOT NULL CHECK (number > 0),
            verdict               TEXT    NOT NULL DEFAULT 'open'
                CHECK (verdict = 'open' OR verdict = 'paid' OR verdict = 'refused'),
            isRefused             INTEGER NOT NULL DEFAULT 0 CHECK (isRefused = (verdict = 'refused')),
            sends                 INTEGER NOT NULL DEFAULT 0,
            isDoubtful            INTEGER NOT NULL DEFAULT 0 CHECK (isDoubtful IN (0, 1)),
            lastSentAt            INTEGER,
            quietSince            INTEGER,
            lastAskedAt           INTEGER,
            notFoundCount         INTEGER NOT NULL DEFAULT 0,
            bmID                  INTEGER,
            commission            TEXT,
            commissionAmountTiyin INTEGER,
            senderExtID           TEXT,
            recipientExtID        TEXT,
            decidedBy             TEXT,
            PRIMARY KEY (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row),
            CHECK (verdict <> 'paid' OR bmID IS NOT NULL OR decidedBy IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO attempt8
            SELECT agentTranID, batchID, row, number, verdict, verdict = 'refused', sends, isDoubtful, lastSentAt, quietSince,
                lastAskedAt, notFoundCount, bmID, commission, commissionAmountTiyin, senderExtID, recipientExtID, decidedBy
            FROM attempt ORDER BY batchID, row, number;
        DROP TABLE attempt;
        ALTER TABLE attempt8 RENAME TO attempt;
        CREATE UNIQUE INDEX oneLiveAttempt ON attempt (batchID, row) WHERE isRefused = 0;
        """
    /// Signatures beside the records, and a chain over the events: an edit that is made without the key is found. A ledger has a name
    /// of its own and knows where it lies, so that another one is not taken for it.
    private static let version9 = """
        ALTER TABLE batch ADD COLUMN signature BLOB;
        ALTER TABLE payout ADD COLUMN signature BLOB;
        ALTER TABLE approval ADD COLUMN signature BLOB;
        ALTER TABLE correction ADD COLUMN signature BLOB;
        ALTER TABLE event ADD COLUMN evidence BLOB;
        ALTER TABLE event ADD COLUMN signature BLOB;

        CREATE TABLE chain (
            id             INTEGER PRIMARY KEY CHECK (id = 1),
            event          INTEGER NOT NULL,
            signature      BLOB    NOT NULL,
            priorEvent     INTEGER NOT NULL,
            priorSignature BLOB    NOT NULL
        ) STRICT;

        CREATE TABLE identity (
            id        INTEGER PRIMARY KEY CHECK (id = 1),
            ledgerID  BLOB    NOT NULL,
            isSandbox INTEGER NOT NULL CHECK (isSandbox IN (0, 1)),
            isCopy    INTEGER NOT NULL DEFAULT 0 CHECK (isCopy IN (0, 1)),
            isRebuilt INTEGER NOT NULL DEFAULT 0 CHECK (isRebuilt IN (0, 1)),
            path      TEXT    NOT NULL,
            machine   TEXT    NOT NULL
        ) STRICT;
        """
}
