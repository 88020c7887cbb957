/* The ledger, its send journal and a copy of both: what happens to the files, and what payout and people do then.
   Nothing happens to them while a program works: it would notice, and stop. payout opens the ledger in the same step. */

/* Whose copy there is. */
#define NOBODYS 0
#define OF_THIS_LEDGER 1
#define OF_LOST_LEDGER 2         /* the present ledger is its successor, with a journal of its own */
#define OF_FIRST_LEDGER 3        /* the present ledger is a second one under the same key */

/* Where no journal is left, only the bank's answer guards the rows. */
#define IS_SAFE_WITHOUT_JOURNAL ((!forgetful || NO_MEMORY) && (!late || NO_PUNCTUALITY))

/* --- What a journal makes of a row ---------------------------------------------------------------------------------- */

#define TOP(sends) (sends >= 16 -> 3 : (sends >= 4 -> 2 : (sends > 0 -> 1 : 0)))
#define IS_ABOUT_LATEST(r, sends) (TOP(sends) == row[r].id + 1)
#define IS_ABOUT_LATER(r, sends) (TOP(sends) > row[r].id + 1)
#define AT_LEAST_ONE(n) (n > 0 -> n : 1)
/* The ledger does not know all sends of the id. It knows none of another ledger's. */
#define HAS_MORE(r, isOwn, sends, i) (BIT2(sends, i) > isOwn * AT_LEAST_ONE(BIT2(row[r].claims, i)))
#define HAS_MORE_EARLIER(r, isOwn, sends) \
  (row[r].id > 0 && HAS_MORE(r, isOwn, sends, 0) || row[r].id > 1 && HAS_MORE(r, isOwn, sends, 1))
/* A finished batch keeps all sends of a row with several ids, so another ledger sent this one under one id. */
#define IS_OF_ONE_ID(r, sends, isFinished) (isFinished && row[r].id > 0 && BIT2(sends, row[r].id) == 0)
#define IS_FINAL_HERE(r) (STATE(r, PAID) || STATE(r, WITHDRAWN))

/* isOwn: whether it is the ledger's own journal. */
inline putRight(r, isOwn, sends, isWithdrawn, isFinished) {
  if
  :: isOwn && isWithdrawn && !NO_WITHDRAWN_ROWS && !NO_WITHDRAWAL_AFTER_SEND -> withdrawAgain(r)
  :: else
  fi;
  if
  :: IS_FINAL_HERE(r)
  :: !IS_FINAL_HERE(r) && !NO_EARLIER_IDS &&
      (HAS_MORE_EARLIER(r, isOwn, sends) || IS_OF_ONE_ID(r, sends, isFinished)) ->
       printf("Row %d may have been sent under an earlier id. The row is in dispute.\n", r + 1);
       if
       :: STATE(r, REVIEW)
       :: else -> become(r, REVIEW, PUT_RIGHT)
       fi
  :: else -> putRightSends(r, isOwn, sends)
  fi;
  if
  :: isWithdrawn && !NO_WITHDRAWN_ROWS && (STATE(r, QUEUED) || STATE(r, REFUSED)) -> withdrawAgain(r)
  :: else
  fi;
  if
  :: isFinished && !NO_FINISHED_BATCHES && (STATE(r, QUEUED) || STATE(r, REFUSED) && !(isOwn && NO_REFUSED_ROWS_OF_FINISHED_BATCHES)) ->
       printf("The journal says that the batch was finished. Row %d is unknown.\n", r + 1); become(r, UNKNOWN, PUT_RIGHT)
  :: else
  fi
}

inline putRightSends(r, isOwn, sends) {
  if
  :: IS_ABOUT_LATER(r, sends) && !NO_LATER_ID ->
       goToNextID(r);
       if
       :: IS_ABOUT_LATER(r, sends) -> goToNextID(r)
       :: else
       fi;
       printf("The journal knows id %d of row %d. The row is unknown.\n", row[r].id + 1, r + 1);
       become(r, UNKNOWN, PUT_RIGHT)
  :: IS_ABOUT_LATEST(r, sends) && STATE(r, QUEUED) && !NO_SENT_ROWS ->
       printf("The journal says that row %d was sent. The row is unknown.\n", r + 1); become(r, UNKNOWN, PUT_RIGHT)
  :: IS_ABOUT_LATEST(r, sends) && STATE(r, REFUSED) && HAS_MORE(r, isOwn, sends, row[r].id) && !NO_SENT_AGAIN ->
       printf("The journal says that row %d was sent again. The row is unknown.\n", r + 1); become(r, UNKNOWN, PUT_RIGHT)
  :: STATE(r, UNKNOWN) && !NO_QUIET_AFTER_OPENING -> clear(r)
  :: else
  fi
}

inline goToNextID(r) {
  if
  :: STATE(r, REFUSED)
  :: else -> become(r, REFUSED, PUT_RIGHT)
  fi;
  startNewID(r, PUT_RIGHT)
}

/* Before a person withdrew it, the row was not sent, or refused. */
inline withdrawAgain(r) {
  if
  :: STATE(r, SENDING) || STATE(r, UNKNOWN) || STATE(r, REVIEW) -> become(r, REFUSED, PUT_RIGHT)
  :: else
  fi;
  if
  :: !IS_FINAL_HERE(r) ->
       printf("The journal says that row %d is withdrawn.\n", r + 1); become(r, WITHDRAWN, PUT_RIGHT)
  :: else
  fi
}

inline countSends(r, i) {
  if
  :: BIT2(row[r].journal, i) > BIT2(row[r].claims, i) && !NO_COUNT_OF_RESTORED_SENDS ->
       row[r].claims = (row[r].claims & (63 - (3 << (2 * i)))) | (BIT2(row[r].journal, i) << (2 * i))
  :: else
  fi
}

inline followOwn(r) {
  putRight(r, 1, row[r].journal, row[r].stopped, finished);
  countSends(r, 0); countSends(r, 1); countSends(r, 2);
  check(r)
}
inline followOther(r) { putRight(r, 0, row[r].other, row[r].otherStopped, otherFinished) }

inline askFirst() {
  if
  :: !asksFirst && !NO_ASKING_FIRST -> printf("From now on payout asks the bank before it sends a row.\n"); asksFirst = 1
  :: else
  fi;
  journalAsks = asksFirst && fates
}

/* Brings the ledger up to its journal. */
inline catchUp() {
  asksFirst = asksFirst || journalAsks && !NO_NOTE_OF_ASKING;
  EACH(followOwn)
}

#define WAS_SENT_THERE(r) row[r].other

/* Reads the journal of another ledger beside the same key. */
inline lookBeside() {
  if
  :: NO_OTHER_JOURNALS || !SOME(WAS_SENT_THERE) && !otherFinished
  :: else ->
       printf("Another journal beside the key says that the batch was sent.\n");
       if
       :: NO_OTHER_SENDS
       :: else -> EACH(followOther); EACH(rewrite)
       fi;
       askFirst()
  fi
}

inline wait() { mustWait = !NO_WAIT }

/* --- Whole files ---------------------------------------------------------------------------------------------------- */

inline keepRow(r) {
  row[r].copyState = row[r].state; row[r].copyID = row[r].id; row[r].copyClaims = row[r].claims;
  row[r].copyDoubtful = row[r].doubtful; row[r].copyQuiet = row[r].quiet;
  row[r].copyJournal = row[r].journal; row[r].copyStopped = row[r].stopped
}

inline keepBoth() { EACH(keepRow); copyAsksFirst = asksFirst; copyJournalAsks = journalAsks; copyFinished = finished }

inline putBackRow(r) {
  row[r].state = row[r].copyState; row[r].id = row[r].copyID; row[r].claims = row[r].copyClaims;
  row[r].doubtful = row[r].copyDoubtful; row[r].quiet = row[r].copyQuiet;
  row[r].count = 0; row[r].spaced = STATE(r, UNKNOWN)
}

inline putBackLedgerFile() { EACH(putBackRow); asksFirst = copyAsksFirst }

inline putBackSends(r) { row[r].journal = row[r].copyJournal; row[r].stopped = row[r].copyStopped }

inline putBackJournalFile() { EACH(putBackSends); finished = copyFinished; journalAsks = copyJournalAsks }

inline beginRow(r) {
  row[r].state = QUEUED; row[r].id = 0; row[r].claims = 0; row[r].doubtful = 0; row[r].quiet = 0; row[r].count = 0;
  row[r].spaced = 0
}

inline beginLedger() { EACH(beginRow); asksFirst = 0 }

inline loseSends(r) { row[r].journal = 0; row[r].stopped = 0 }

inline loseJournalFile() { EACH(loseSends); finished = 0; journalAsks = 0 }

/* The journal becomes that of another ledger, beside the same key. */
inline leaveSends(r) { row[r].other = row[r].journal; row[r].otherStopped = row[r].stopped }

inline leaveJournal() { EACH(leaveSends); otherFinished = finished; otherIsThere = 1 }

#define IS_TRIED(r, i) (i < row[r].id || i == row[r].id && \
  (BIT2(row[r].claims, i) || row[r].doubtful || STATE(r, REFUSED) || STATE(r, PAID)))

inline rewriteSends(r, i) {
  if
  :: IS_TRIED(r, i) && BIT2(row[r].journal, i) < AT_LEAST_ONE(BIT2(row[r].claims, i)) ->
       row[r].journal = (row[r].journal & (63 - (3 << (2 * i)))) | (AT_LEAST_ONE(BIT2(row[r].claims, i)) << (2 * i))
  :: else
  fi
}

/* The journal is written again: what is left of it, and the sends that the ledger knows. */
inline rewrite(r) {
  rewriteSends(r, 0); rewriteSends(r, 1); rewriteSends(r, 2);
  row[r].stopped = row[r].stopped || STATE(r, WITHDRAWN)
}

inline forgetCopy(r) {
  row[r].copyState = 0; row[r].copyID = 0; row[r].copyClaims = 0; row[r].copyDoubtful = 0; row[r].copyQuiet = 0;
  row[r].copyJournal = 0; row[r].copyStopped = 0
}
inline forgetSends(r) { row[r].journal = 0; row[r].other = 0; row[r].otherStopped = 0; row[r].claims = 0 }

inline dropCopy() { EACH(forgetCopy); copy = NOBODYS; copyAsksFirst = 0; copyFinished = 0; copyJournalAsks = 0 }

/* After the last deed of fate nobody reads the journals and the copy again, so they are cleared. */
inline end() {
  if
  :: fates == 0 -> dropCopy(); EACH(forgetSends); finished = 0; journalAsks = 0; otherIsThere = 0; otherFinished = 0
  :: else
  fi
}

/* --- What happens --------------------------------------------------------------------------------------------------- */

#define CAN_HAPPEN (fates > 0 && NOBODY_WAITS)
#define HAS_CHANGED(r) \
  (row[r].state != row[r].copyState || row[r].id != row[r].copyID || row[r].claims != row[r].copyClaims)
#define HAS_OTHER_SENDS(r) (row[r].journal != row[r].copyJournal || row[r].stopped != row[r].copyStopped)

inline keepCopy() { d_step {
  fates > 0 && copy == NOBODYS && !otherIsThere ->
    printf("Somebody keeps a copy of the ledger and its journal.\n");
    copy = OF_THIS_LEDGER; keepBoth()
} }

inline putBackLedger() { d_step {
  CAN_HAPPEN && copy == OF_THIS_LEDGER && SOME(HAS_CHANGED) ->
    printf("Somebody puts the copy of the ledger back. The journal is newer.\n");
    fates--; putBackLedgerFile();
    if
    :: NO_JOURNAL -> printf("payout does not look at the journal.\n")
    :: else -> catchUp(); askFirst()
    fi;
    end()
} }

inline putBackJournal() { d_step {
  CAN_HAPPEN && copy == OF_THIS_LEDGER && SOME(HAS_OTHER_SENDS) ->
    printf("Somebody puts the copy of the journal back. A person says that the ledger is the newest.\n");
    fates--; putBackJournalFile(); journalAsks = asksFirst; EACH(rewrite); end()
} }

inline putBackBoth() { d_step {
  CAN_HAPPEN && copy == OF_THIS_LEDGER && SOME(HAS_CHANGED) && IS_SAFE_WITHOUT_JOURNAL ->
    printf("Somebody puts the copies of ledger and journal back.\n");
    fates--; putBackLedgerFile(); putBackJournalFile();
    if
    :: NO_WORD -> printf("Nobody says so, and payout cannot notice it.\n")
    :: else -> printf("A person says that they are older.\n"); askFirst(); wait()
    fi;
    EACH(check); end()
} }

/* Only here a person can be wrong about the newest ledger. */
inline putBackLedgerWithoutJournal() { d_step {
  CAN_HAPPEN && copy == OF_THIS_LEDGER && SOME(HAS_CHANGED) && IS_SAFE_WITHOUT_JOURNAL ->
    printf("Somebody puts the copy of the ledger back. The journal is gone.\n");
    fates--; putBackLedgerFile(); loseJournalFile();
    if
    :: NO_TRUTH -> printf("A person says that the ledger is the newest.\n"); journalAsks = asksFirst
    :: else -> printf("A person says that it is older.\n"); askFirst(); wait()
    fi;
    EACH(rewrite); EACH(check); end()
} }

inline loseJournal() { d_step {
  CAN_HAPPEN && ANY(journal) && IS_SAFE_WITHOUT_JOURNAL ->
    printf("The journal is gone. A person cannot say how old the ledger is.\n");
    fates--; loseJournalFile(); askFirst(); wait(); EACH(rewrite); end()
} }

inline loseLedger() { d_step {
  CAN_HAPPEN && ANY(sent) ->
    printf("The ledger is lost. A new one takes over its journal. The file is imported again.\n");
    fates--;
    if
    :: copy == NOBODYS -> copy = OF_THIS_LEDGER; keepBoth()
    :: else
    fi;
    beginLedger(); catchUp(); askFirst();
    if
    :: otherIsThere -> lookBeside()
    :: else
    fi;
    end()
} }

inline loseBoth() { d_step {
  CAN_HAPPEN && ANY(sent) && copy <= OF_THIS_LEDGER && !otherIsThere && IS_SAFE_WITHOUT_JOURNAL ->
    printf("Ledger and journal are lost. A new ledger begins. The file is imported again.\n");
    fates--; keepBoth(); copy = OF_LOST_LEDGER;
    beginLedger(); loseJournalFile(); askFirst(); wait(); end()
} }

#define WAS_SENT(r) (row[r].journal && !NO_CHECK_OF_OTHERS)

inline beginSecond() { d_step {
  SECOND_LEDGER && CAN_HAPPEN && copy == NOBODYS && !otherIsThere && !finished && !SOME(WAS_SENT) ->
    printf("A second ledger begins under the same key. The file is imported there, too.\n");
    fates--; keepBoth(); copy = OF_FIRST_LEDGER;
    leaveJournal(); beginLedger(); loseJournalFile(); lookBeside(); end()
} }

inline beginSecondBlindly() { d_step {
  NO_CAUTION_WITH_UNREADABLE && CAN_HAPPEN && copy == NOBODYS && !otherIsThere ->
    printf("The journal is damaged. A second ledger begins under the same key. The file is imported there, too.\n");
    fates--; beginLedger(); loseJournalFile(); end()
} }

/* A withdrawn row stays withdrawn, even if the other ledger has paid it. */
inline excuse(r) {
  if
  :: STATE(r, WITHDRAWN) && (row[r].other || otherFinished) -> row[r].misjudged = 1
  :: else
  fi
}

inline bringBack() { d_step {
  CAN_HAPPEN && copy >= OF_LOST_LEDGER ->
    if
    :: copy == OF_LOST_LEDGER -> printf("The lost ledger and its journal are found, and put back.\n")
    :: else -> printf("Somebody goes on with the first ledger.\n")
    fi;
    fates--; leaveJournal(); putBackLedgerFile(); putBackJournalFile(); dropCopy();
    EACH(excuse); lookBeside(); EACH(check); end()
} }

#define IS_DONE(r) (STATE(r, PAID) || STATE(r, REFUSED) || STATE(r, WITHDRAWN))
inline dropSends(r) { if :: row[r].id == 0 -> row[r].journal = 0 :: else fi }

inline tidy() { d_step {
  fates > 0 && !finished && ALL(IS_DONE) ->
    printf("The batch is finished. The journal drops its single rows.\n");
    finished = 1; EACH(dropSends); skip
} }

/* The machine loses its power while a claim is written. */
inline loseClaim(r) { d_step {
  fates > 0 && CAN_SEND(r) && !asksFirst ->
    printf("The power fails during the claim of row %d. Only the journal has the claim.\n", r + 1);
    EACH(stopWaiting); row[r].sent++; noteSend(r);
    if
    :: NO_JOURNAL
    :: else -> followOwn(r)
    fi
} }

/* --- Asking first --------------------------------------------------------------------------------------------------- */

#define ASKS_FIRST(r) (asksFirst && STATE(r, QUEUED) && NO_ORPHAN && !mustWait)

inline findBeforeSending(r) { d_step {
  ASKS_FIRST(r) && LAST(r) == SUCCESS ->
    printf("payout asks before it sends row %d. The bank says that it is paid.\n", r + 1);
    become(r, PAID, ASKED_BEFORE_SENDING); check(r)
} }

inline waitBeforeSending(r) { d_step {
  ASKS_FIRST(r) && LAST(r) == PROGRESS ->
    printf("payout asks before it sends row %d. The bank says that it is in progress. The row is unknown.\n", r + 1);
    become(r, UNKNOWN, ASKED_BEFORE_SENDING)
} }

inline reviewBeforeSending(r) { d_step {
  ASKS_FIRST(r) && (LAST(r) != NOTHING || KNOWS_EARLIER(r)) ->
    printf("payout asks before it sends row %d. The bank's status is one that a person must settle.\n", r + 1);
    become(r, REVIEW, ASKED_BEFORE_SENDING)
} }

inline adoptBeforeSending(r) { d_step {
  ASKS_FIRST(r) && (LAST(r) == NOTHING || LAST(r) == FAILED) && !KNOWS_EARLIER(r) && KNOWS_FURTHER(r) ->
    printf("payout asks before it sends row %d.\n", r + 1);
    adoptFurther(r); checkAnswer(r)
} }

inline refuseBeforeSending(r) { d_step {
  ASKS_FIRST(r) && LAST(r) == FAILED && IS_NEW_TO_BANK(r) ->
    printf("payout asks before it sends row %d. The bank says that it failed. The row is refused.\n", r + 1);
    become(r, REFUSED, ASKED_BEFORE_SENDING); checkAnswer(r)
} }

inline sendAfterAsking(r) { d_step {
  ASKS_FIRST(r) && CAN_SEND(r) && LAST(r) == NOTHING && IS_NEW_TO_BANK(r) ->
    printf("payout asks before it sends row %d. The bank does not know it.\n", r + 1);
    row[r].doubtful = 1; claimAndSend(r)
} }

#define FILES \
  :: keepCopy() :: putBackLedger() :: putBackJournal() :: putBackBoth() :: putBackLedgerWithoutJournal() :: loseJournal() \
  :: loseLedger() :: loseBoth() :: beginSecond() :: beginSecondBlindly() :: bringBack() :: tidy()
#define FILES_OF(r) \
  :: loseClaim(r) :: findBeforeSending(r) :: waitBeforeSending(r) :: reviewBeforeSending(r) :: adoptBeforeSending(r) \
  :: refuseBeforeSending(r) :: sendAfterAsking(r)
