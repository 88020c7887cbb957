/* The program: claims and sends, the restart after a crash, and the questions to the bank. */

#define IS_ORPHAN(r) (STATE(r, SENDING) && !row[r].waiting)
#define NO_ORPHAN (!SOME(IS_ORPHAN))
#define NOBODY_WAITS (!ANY(waiting))
/* A runner asks about unknown rows before and after it sends, never meanwhile. A rerun takes the same lock. */
#define IS_FREE (NO_ORPHAN && NOBODY_WAITS && !stepped && !mustWait)

/* --- Sending -------------------------------------------------------------------------------------------------------- */

#define CAN_SEND(r) (STATE(r, QUEUED) && !row[r].waiting && NO_ORPHAN && row[r].sent < SENDS && !mustWait)

inline claimAndSend(r) {
  checkSend(r);
  if
  :: NO_CLAIM -> printf("payout sends row %d under id %d. The claim is not on disk.\n", r + 1, row[r].id + 1)
  :: else ->
       printf("payout claims row %d under id %d, and sends it.\n", r + 1, row[r].id + 1);
       mustBeAnArc(r, SENDING, CLAIMED, SAME);
       row[r].state = SENDING;
       noteClaim(r)
  fi;
  if
  :: NO_RESTART_OF_QUIET
  :: else -> row[r].quiet = 0
  fi;
  row[r].count = 0;
  row[r].waiting = 1;
  row[r].sent++;
  row[r].flying = row[r].flying + (1 << (2 * row[r].id))
}

#if FATES
inline noteClaim(r) {
  if
  :: fates && BIT2(row[r].claims, row[r].id) < 3 -> row[r].claims = row[r].claims + (1 << (2 * row[r].id))
  :: else
  fi;
  noteSend(r)
}
inline noteSend(r) {
  if
  :: fates && BIT2(row[r].journal, row[r].id) < 3 -> row[r].journal = row[r].journal + (1 << (2 * row[r].id))
  :: else
  fi
}
#else
inline noteClaim(r) { skip }
#endif

inline send(r) { d_step { CAN_SEND(r) && !asksFirst -> claimAndSend(r) } }

/* The answer does not come in time, is garbage, or the connection breaks. */
inline hearNothing(r) { d_step {
  row[r].waiting ->
    printf("payout has no answer for row %d. The row is unknown.\n", r + 1);
    become(r, UNKNOWN, ANSWERED)
} }

#if NO_LOCK
/* A runner stands still between the claim and the send. The next one takes it for dead. */
inline standStill(r) { d_step {
  CAN_SEND(r) && !asksFirst && !row[r].held ->
    printf("A runner claims row %d under id %d, and stands still before it sends.\n", r + 1, row[r].id + 1);
    row[r].state = SENDING; row[r].sent++; row[r].held = 1; row[r].heldID = row[r].id
} }
inline goOn(r) { d_step {
  row[r].held ->
    printf("The first runner goes on, and sends row %d under id %d.\n", r + 1, row[r].heldID + 1);
    row[r].flying = row[r].flying + (1 << (2 * row[r].heldID)); row[r].held = 0; row[r].heldID = 0
} }
#define SECOND_RUNNER(r) :: standStill(r) :: goOn(r)
#else
#define SECOND_RUNNER(r)
#endif

/* --- A crash and the restart ---------------------------------------------------------------------------------------- */

inline stopWaiting(r) { row[r].waiting = 0 }

/* There is no limit: each crash costs a send. */
inline crash() { d_step {
  !NOBODY_WAITS ->
    printf("The program is killed.\n");
    EACH(stopWaiting); skip
} }

inline takeOver(r) {
  if
  :: IS_ORPHAN(r) && NO_TAKEOVER ->
       printf("payout starts. Row %d was in flight, and counts as not sent.\n", r + 1);
       row[r].state = QUEUED; clear(r)
  :: IS_ORPHAN(r) && !NO_TAKEOVER ->
       printf("payout starts. Row %d was in flight, and is unknown.\n", r + 1); become(r, UNKNOWN, TAKEN_OVER)
  :: else
  fi
}

inline restart() { d_step { !NO_ORPHAN && NOBODY_WAITS -> EACH(takeOver) } }

/* --- Questions to the bank ------------------------------------------------------------------------------------------ */

#define IS_DOUBTFUL(r) (STATE(r, UNKNOWN) || STATE(r, REFUSED) && row[r].doubtful)

inline startAgain(r) {
  if
  :: IS_DOUBTFUL(r) -> row[r].quiet = 0; row[r].count = 0; row[r].spaced = STATE(r, UNKNOWN)
  :: else
  fi
}

inline noticeClock() { d_step {
  stepped && NO_ORPHAN && NOBODY_WAITS ->
    printf("payout notices that the clock was set. Every quiet period starts again.\n");
    stepped = 0; EACH(startAgain)
} }

/* The bank denies only payments. */
#define SAYS_NOTHING(r) (LAST(r) == NOTHING || denying && LAST(r) != FAILED)
#define SAYS(r, word) (LAST(r) == word && (!denying || word == FAILED))
#define IS_FINAL(r, i) (BOOK(r, i) == SUCCESS || BOOK(r, i) == PROGRESS)

/* In a batch that is asked about first, another ledger may have been paid under an earlier id. */
#define KNOWS_EARLIER(r) (asksFirst && !NO_QUESTION_ABOUT_EARLIER_IDS && \
  (row[r].id > 0 && IS_FINAL(r, 0) || row[r].id > 1 && IS_FINAL(r, 1)))

/* payout asks about the ids that would follow, until two in a row are unknown. */
#define KNOWS_FURTHER(r) \
  (!NO_FURTHER_IDS && (row[r].id == 0 && (BOOK(r, 1) || BOOK(r, 2)) || row[r].id == 1 && BOOK(r, 2)))

/* Takes over the last of them that the bank knows. The row is refused until then. */
inline adoptFurther(r) {
  if
  :: row[r].id == 0 && !IS_FINAL(r, 1) && BOOK(r, 2) -> adopt(r); adopt(r)
  :: else -> adopt(r)
  fi;
  printf("The bank knows id %d of row %d.\n", row[r].id + 1, r + 1)
}

inline adopt(r) {
  if
  :: STATE(r, REFUSED)
  :: STATE(r, UNKNOWN) -> become(r, REFUSED, ASKED_ABOUT_UNKNOWN)
  :: else -> become(r, REFUSED, ASKED_BEFORE_SENDING)
  fi;
  startNewID(r, FOUND_AT_BANK);
  if
  :: LAST(r) == SUCCESS -> become(r, PAID, ASKED_BEFORE_SENDING)
  :: LAST(r) == PROGRESS -> become(r, UNKNOWN, ASKED_BEFORE_SENDING)
  :: else -> become(r, REFUSED, ASKED_BEFORE_SENDING)
  fi
}

inline hearPaid(r) { d_step {
  STATE(r, UNKNOWN) && IS_FREE && SAYS(r, SUCCESS) ->
    printf("payout asks about row %d. The bank says that it is paid.\n", r + 1);
    become(r, PAID, ASKED_ABOUT_UNKNOWN); check(r)
} }

inline hearRefused(r) { d_step {
  STATE(r, UNKNOWN) && IS_FREE && SAYS(r, FAILED) ->
    printf("payout asks about row %d. The bank says that it failed.\n", r + 1);
    if
    :: asksFirst && KNOWS_FURTHER(r) && !NO_FURTHER_IDS_OF_UNKNOWN -> adoptFurther(r)
    :: else -> printf("Row %d is refused.\n", r + 1); become(r, REFUSED, ASKED_ABOUT_UNKNOWN)
    fi;
    checkAnswer(r)
} }

inline hearUnclear(r) { d_step {
  STATE(r, UNKNOWN) && IS_FREE && LAST(r) != NOTHING ->
    printf("payout asks about row %d. The bank's status is one that a person must settle.\n", r + 1);
    become(r, REVIEW, ASKED_ABOUT_UNKNOWN)
} }

inline hearProgress(r) { d_step {
  STATE(r, UNKNOWN) && IS_FREE && SAYS(r, PROGRESS) && (row[r].count || NO_PATIENCE || denials && !row[r].told) ->
    printf("payout asks about row %d. The bank says that it is in progress.\n", r + 1);
    row[r].told = denials > 0;
    if
    :: NO_PATIENCE -> printf("Row %d is refused.\n", r + 1); become(r, REFUSED, ASKED_ABOUT_UNKNOWN)
    :: NO_RESTART_OF_COUNT
    :: else -> row[r].count = 0
    fi
} }

#define IS_QUIET(r) (row[r].quiet || NO_QUIET_PERIOD)
#define TIMES (NO_THREE_TIMES -> 1 : ASKINGS)
#define CAN_COUNT(r) (row[r].spaced && row[r].count < TIMES && (IS_QUIET(r) || NO_COUNT_AFTER_QUIET))
#define IS_ENOUGH(r) (row[r].count == TIMES && IS_QUIET(r))

#if NO_TIME_OF_QUESTION || NO_CLOCK_CHECK_AFTER
/* The answer takes a while. */
#define HEARS_NOTHING(r) row[r].heard
inline ask(r) { d_step {
  STATE(r, UNKNOWN) && IS_FREE && SAYS_NOTHING(r) && row[r].spaced && !row[r].heard ->
    printf("payout asks about row %d. The bank does not know it. The answer takes a while.\n", r + 1);
    row[r].heard = 1
} }
#define SLOW_ANSWERS(r) :: ask(r)
#define TAKES "The answer about row %d is here.\n"
#else
#define HEARS_NOTHING(r) (IS_FREE && SAYS_NOTHING(r))
#define SLOW_ANSWERS(r)
#define TAKES "payout asks about row %d. The bank does not know it.\n"
#endif

inline hearNotFound(r) { d_step {
  STATE(r, UNKNOWN) && HEARS_NOTHING(r) && (CAN_COUNT(r) || IS_ENOUGH(r)) ->
    printf(TAKES, r + 1);
    if
    :: CAN_COUNT(r) -> row[r].count++; row[r].spaced = NO_SPACING
    :: else
    fi;
    if
    :: IS_ENOUGH(r) && resend ->
         printf("That counts. Row %d will be sent again under the same id.\n", r + 1);
         become(r, QUEUED, ASKED_ABOUT_UNKNOWN)
    :: IS_ENOUGH(r) && !resend ->
         printf("That counts. Row %d is in dispute.\n", r + 1); become(r, REVIEW, ASKED_ABOUT_UNKNOWN)
    :: else
    fi
} }

/* --- Time ----------------------------------------------------------------------------------------------------------- */

#define WAITS_FOR_QUIET(r) (IS_DOUBTFUL(r) && !row[r].quiet)
#define WAITS_FOR_SPACE(r) (STATE(r, UNKNOWN) && !row[r].spaced && row[r].count < TIMES)

inline endQuiet(r) { if :: WAITS_FOR_QUIET(r) -> row[r].quiet = 1 :: else fi }
inline endSpace(r) { if :: WAITS_FOR_SPACE(r) -> row[r].spaced = 1 :: else fi }

#if NO_CLOCK_CHECK_AFTER && !NO_TIME_OF_QUESTION
inline dropAnswer(r) { row[r].heard = 0 }
#else
inline dropAnswer(r) { skip }
#endif

/* At a bank that is not late, no request is on its way for so long. */
inline passQuietPeriod() { d_step {
  (SOME(WAITS_FOR_QUIET) || mustWait) && (late || !ANY(flying)) ->
    printf("The quiet period passes.\n");
    mustWait = 0; EACH(endQuiet); EACH(dropAnswer); skip
} }

inline passQuarter() { d_step {
  SOME(WAITS_FOR_SPACE) || denying ->
    printf("A quarter of the quiet period passes.\n");
    if
    :: denying -> denying--
    :: else
    fi;
    EACH(endSpace); skip
} }

inline setClock() { d_step {
  steps > 0 && (SOME(WAITS_FOR_QUIET) || SOME(WAITS_FOR_SPACE)) ->
    printf("The clock is set forwards. By the clock, the quiet period has passed.\n");
    steps--; stepped = !NO_CLOCK_CHECK; EACH(endQuiet); EACH(endSpace); skip
} }

#define RUNNER(r) \
  :: send(r) :: hearNothing(r) :: hearPaid(r) :: hearRefused(r) :: hearUnclear(r) :: hearProgress(r) :: hearNotFound(r) \
  SLOW_ANSWERS(r) SECOND_RUNNER(r)
