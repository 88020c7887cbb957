import GRDB

/// The ledger's tables. Their constraints forbid what must never happen, even if the code has a mistake.
enum LedgerSchema {
    /// The application id “PAYO”, which marks a SQLite file as a ledger.
    static let applicationID: Int32 = 0x5041_594F

    /// The name of the step that creates the present tables, in GRDB's list of migrations.
    private static let tablesName = "10: events by kind"

    /// The name of the step that added the bank's statements.
    private static let statementsName = "11: bank statements"

    /// The name of this schema. Its tables are those of schema 11. The new name keeps older versions of payout from
    /// opening the ledger. They do not know rejected batches and second approvals, and would send such batches.
    private static let name = "12: rejections and second approvals"

    /// The schema version of a file.
    enum Version: Hashable {
        /// The file has no tables yet.
        case none
        case current
        /// Schema 10 or 11, which the next opening for work upgrades.
        case previous
        /// Schema 8, which ``LedgerTakeover`` upgrades.
        case former
        /// An older schema, which cannot be upgraded.
        case tooOld
        case newer
    }

    static func version(_ db: Database) throws -> Version {
        let applied =
            try db.tableExists("grdb_migrations")
            ? String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations") : []
        if applied.isEmpty { return .none }
        let numbers = applied.map { Int($0.prefix { $0 != ":" }) ?? .max }
        return switch numbers.max() ?? 0 {
        case 12 where applied.contains(name): .current
        case 11 where applied.contains(statementsName): .previous
        case 10 where applied.contains(tablesName): .previous
        case 8: .former
        case ..<10: .tooOld
        default: .newer
        }
    }

    /// Creates the tables of a new ledger, or upgrades those of an earlier version.
    ///
    /// - Parameter takeover: upgrades an earlier ledger.
    static func migrate(_ writer: any DatabaseWriter, _ takeover: LedgerTakeover) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration(tablesName) { db in
            switch try version(db) {
            case .former: try takeover.run(db)
            default: try create(db)
            }
        }
        migrator.registerMigration(statementsName) { db in try db.execute(sql: statementTables) }
        migrator.registerMigration(name) { _ in }
        try migrator.migrate(writer)
    }

    static func create(_ db: Database) throws {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: tables)
        try db.execute(sql: rules)
        try db.execute(sql: "INSERT INTO chain VALUES (1, 0, zeroblob(16), 0, zeroblob(16))")
    }

    /// Creates the tables of batches, payouts, attempts and events.
    ///
    /// The constraints compare states and verdicts with `OR`. For `IN` with more than two values, SQLite would build a
    /// table at each check.
    ///
    /// The attempts are stored in the order of the rows, so the attempts of one commit are neighbours. In the order of
    /// their ids, which are spread over 15 digits, each attempt would change a different page.
    ///
    /// Events are never deleted, so the next id is the largest plus one. `AUTOINCREMENT` would store the next id on an
    /// extra page.
    static let tables = """
        CREATE TABLE batch (
            id            INTEGER PRIMARY KEY,
            reference     TEXT    NOT NULL UNIQUE,
            fileName      TEXT    NOT NULL,
            fileSHA256    TEXT    NOT NULL,
            rows          INTEGER NOT NULL CHECK (rows > 0),
            sumTiyin      INTEGER NOT NULL CHECK (sumTiyin > 0),
            importedBy    TEXT    NOT NULL,
            importedAt    INTEGER NOT NULL,
            warnings      INTEGER NOT NULL CHECK (warnings >= 0),
            acceptedBy    TEXT,
            bank          TEXT,
            senderName    TEXT,
            pauseCode     TEXT,
            pauseText     TEXT,
            asksFirst     INTEGER NOT NULL DEFAULT 0 CHECK (asksFirst IN (0, 1)),
            needsApproval INTEGER NOT NULL DEFAULT 0 CHECK (needsApproval IN (0, 1)),
            signature     BLOB,
            CHECK ((bank IS NULL) = (senderName IS NULL))
        ) STRICT;

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
                CHECK (state = 'queued' OR state = 'sending' OR state = 'paid' OR state = 'refused' OR state = 'unknown'
                    OR state = 'review' OR state = 'withdrawn'),
            reasonCode      TEXT,
            httpStatus      INTEGER,
            bankText        TEXT,
            changedAt       INTEGER NOT NULL,
            signature       BLOB,
            PRIMARY KEY (batchID, row),
            CHECK ((sealedCard IS NULL) = (state = 'paid' OR state = 'withdrawn'))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempt (
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

        CREATE TABLE event (
            id          INTEGER PRIMARY KEY,
            at          INTEGER NOT NULL,
            who         TEXT    NOT NULL,
            batchID     INTEGER NOT NULL REFERENCES batch (id),
            row         INTEGER,
            agentTranID INTEGER,
            fromState   TEXT,
            toState     TEXT,
            kind        TEXT    NOT NULL,
            detail      TEXT,
            evidence    BLOB,
            signature   BLOB
        ) STRICT;

        CREATE TABLE warning (
            batchID INTEGER NOT NULL REFERENCES batch (id),
            kind    TEXT    NOT NULL,
            count   INTEGER NOT NULL CHECK (count > 0),
            PRIMARY KEY (batchID, kind)
        ) STRICT, WITHOUT ROWID;

        -- What a row said before a person corrected it, with the number of the attempt that was made with it.
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
            signature   BLOB,
            UNIQUE (batchID, row, number),
            FOREIGN KEY (batchID, row) REFERENCES payout (batchID, row)
        ) STRICT;

        CREATE TABLE approval (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            at             INTEGER NOT NULL,
            who            TEXT    NOT NULL,
            batchID        INTEGER NOT NULL REFERENCES batch (id),
            fileSHA256     TEXT    NOT NULL,
            rows           INTEGER NOT NULL,
            sumTiyin       INTEGER NOT NULL,
            lastCorrection INTEGER NOT NULL,
            signature      BLOB
        ) STRICT;

        CREATE TABLE clock (
            id     INTEGER PRIMARY KEY CHECK (id = 1),
            wall   INTEGER NOT NULL,
            uptime INTEGER NOT NULL,
            boot   TEXT    NOT NULL
        ) STRICT;

        CREATE TABLE ledgerKey (
            id                   INTEGER PRIMARY KEY CHECK (id = 1),
            keyCheck             BLOB NOT NULL,
            sealedFingerprintKey BLOB
        ) STRICT;

        -- The last event, and the one before the last commit.
        CREATE TABLE chain (
            id             INTEGER PRIMARY KEY CHECK (id = 1),
            event          INTEGER NOT NULL,
            signature      BLOB    NOT NULL,
            priorEvent     INTEGER NOT NULL,
            priorSignature BLOB    NOT NULL
        ) STRICT;

        -- Which ledger this is, and where it lies.
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

    /// Creates the tables of the bank's statements, and of each payout's place on them. A statement that replaces
    /// another of the same period takes over its payouts.
    static let statementTables = """
        CREATE TABLE bankStatement (
            id           INTEGER PRIMARY KEY,
            at           INTEGER NOT NULL,
            who          TEXT    NOT NULL,
            fileSHA256   TEXT    NOT NULL,
            fileName     TEXT    NOT NULL,
            format       TEXT    NOT NULL,
            account      TEXT    NOT NULL CHECK (length(account) = 20),
            fromDay      INTEGER NOT NULL,
            toDay        INTEGER NOT NULL CHECK (toDay >= fromDay),
            openingTiyin INTEGER NOT NULL,
            debitsTiyin  INTEGER NOT NULL,
            creditsTiyin INTEGER NOT NULL,
            closingTiyin INTEGER NOT NULL,
            debitLines   INTEGER NOT NULL,
            creditLines  INTEGER NOT NULL,
            isAgreed     INTEGER NOT NULL CHECK (isAgreed IN (0, 1)),
            replacedBy   INTEGER REFERENCES bankStatement (id),
            CHECK (openingTiyin + creditsTiyin - debitsTiyin = closingTiyin)
        ) STRICT;

        CREATE TABLE statementPayout (
            batchID     INTEGER NOT NULL,
            row         INTEGER NOT NULL,
            attempt     INTEGER NOT NULL,
            statementID INTEGER NOT NULL REFERENCES bankStatement (id),
            outcome     INTEGER NOT NULL,
            evidence    INTEGER NOT NULL,
            line        INTEGER,
            day         INTEGER,
            document    TEXT,
            PRIMARY KEY (batchID, row, attempt, statementID),
            FOREIGN KEY (batchID, row, attempt) REFERENCES attempt (batchID, row, number)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX bankStatementByAccount ON bankStatement (account, toDay);
        CREATE INDEX statementPayoutByStatement ON statementPayout (statementID);

        CREATE TRIGGER agreedPeriodIsClosed BEFORE UPDATE OF replacedBy ON bankStatement WHEN OLD.isAgreed = 1
            BEGIN SELECT RAISE(ABORT, 'an agreed period is closed'); END;
        """

    /// Creates the triggers and indexes.
    ///
    /// A trigger before an update makes SQLite look up the row twice. `ABORT` makes it copy each page that the change
    /// may touch. `paidIsFinal` runs for every payout, so it is an `AFTER` trigger that rolls back the whole
    /// transaction.
    ///
    /// `eventByKind` leaves out the two events of each payout. So payouts do not pay for the index of people's actions.
    static let rules = """
        CREATE INDEX batchByFile ON batch (fileSHA256);
        CREATE INDEX payoutByState ON payout (batchID, state, row, amountTiyin);
        CREATE INDEX payoutByCard ON payout (cardFingerprint, amountTiyin);
        CREATE UNIQUE INDEX oneLiveAttempt ON attempt (batchID, row) WHERE verdict <> 'refused';
        CREATE INDEX eventByRow ON event (batchID, row);
        CREATE INDEX eventByKind ON event (batchID, kind) WHERE kind <> 'claimed' AND kind <> 'settled';
        CREATE INDEX approvalByBatch ON approval (batchID);

        CREATE TRIGGER paidIsFinal AFTER UPDATE OF state ON payout
            WHEN (OLD.state = 'paid' OR OLD.state = 'withdrawn') AND NEW.state <> OLD.state
            BEGIN SELECT RAISE(ROLLBACK, 'a paid or withdrawn row never changes its state'); END;
        CREATE TRIGGER eventsStayAsWritten BEFORE UPDATE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;
        CREATE TRIGGER eventsStay BEFORE DELETE ON event
            BEGIN SELECT RAISE(ABORT, 'the event log is only added to'); END;
        CREATE TRIGGER correctionsStayAsWritten BEFORE UPDATE ON correction
            BEGIN SELECT RAISE(ABORT, 'corrections are only added'); END;
        CREATE TRIGGER correctionsStay BEFORE DELETE ON correction
            BEGIN SELECT RAISE(ABORT, 'corrections are only added'); END;
        CREATE TRIGGER approvalsStayAsWritten BEFORE UPDATE ON approval
            BEGIN SELECT RAISE(ABORT, 'approvals are only added'); END;
        CREATE TRIGGER approvalsStay BEFORE DELETE ON approval
            BEGIN SELECT RAISE(ABORT, 'approvals are only added'); END;
        """
}
