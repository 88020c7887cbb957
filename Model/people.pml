/* People: verdicts, withdrawals, and refused rows that are sent again. */

/* --- Verdicts and withdrawals --------------------------------------------------------------------------------------- */

#define IS_OPEN(r) (STATE(r, UNKNOWN) || STATE(r, REVIEW))
#define IS_UNDECIDED(r) (BOOK(r, 0) == PROGRESS || BOOK(r, 1) == PROGRESS || BOOK(r, 2) == PROGRESS)

inline findPaid(r) { d_step {
  IS_OPEN(r) && row[r].debited ->
    printf("A person finds row %d in the bank's statement. The row is paid.\n", r + 1);
    become(r, PAID, DECIDED)
} }

inline findUnpaid(r) { d_step {
  IS_OPEN(r) && !row[r].debited && !row[r].flying && !IS_UNDECIDED(r) ->
    printf("A person learns from the bank that row %d is not paid. The row is refused.\n", r + 1);
    become(r, REFUSED, DECIDED)
} }

/* A mistake. */
inline supposeUnpaid(r) { d_step {
  (errs || NO_STATEMENT) && !row[r].misjudged && IS_OPEN(r) && !row[r].debited && row[r].flying ->
    printf("The bank is silent, and a person calls row %d not paid. The row is refused.\n", r + 1);
    become(r, REFUSED, DECIDED); row[r].misjudged = errs
} }

#define MAY_BE_PAID(r) (STATE(r, QUEUED) && (row[r].doubtful || asksFirst) && !NO_GUARD_ON_WITHDRAWAL || \
  STATE(r, REFUSED) && asksFirst && !NO_GUARD_ON_REFUSED_ROWS)

inline withdraw(r) { d_step {
  (STATE(r, QUEUED) || STATE(r, REFUSED)) && !row[r].waiting && !MAY_BE_PAID(r) ->
    printf("A person withdraws row %d.\n", r + 1);
    become(r, WITHDRAWN, PERSON_WITHDREW); noteWithdrawal(r); check(r)
} }

#if FATES
inline noteWithdrawal(r) { row[r].stopped = 1 }
#else
inline noteWithdrawal(r) { skip }
#endif

/* --- A refused row that is sent again ------------------------------------------------------------------------------- */

#define CAN_RERUN(r) (STATE(r, REFUSED) && IS_FREE)
#define CAN_START(r) (row[r].sent < SENDS)
#define IS_NEW_TO_BANK(r) (!KNOWS_FURTHER(r) && !KNOWS_EARLIER(r))

inline rerunUnasked(r) { d_step {
  NO_ASKING_BEFORE_RERUN && CAN_RERUN(r) && CAN_START(r) && row[r].id < IDS - 1 ->
    printf("A person sends row %d again. payout asks nothing.\n", r + 1);
    startNewID(r, ASKED_BEFORE_RERUN)
} }

inline rerunPaid(r) { d_step {
  CAN_RERUN(r) && SAYS(r, SUCCESS) ->
    printf("A person wants to send row %d again. The bank says that it is paid.\n", r + 1);
    become(r, PAID, ASKED_BEFORE_RERUN); check(r)
} }

inline rerunUndecided(r) { d_step {
  CAN_RERUN(r) && SAYS(r, PROGRESS) ->
    printf("A person wants to send row %d again. The bank says that it is in progress. The row is unknown.\n", r + 1);
    become(r, UNKNOWN, ASKED_BEFORE_RERUN)
} }

inline rerunUnclear(r) { d_step {
  CAN_RERUN(r) && (IS_FINAL(r, row[r].id) || KNOWS_EARLIER(r)) ->
    printf("A person wants to send row %d again. The bank's status is one that a person must settle.\n", r + 1);
    become(r, REVIEW, ASKED_BEFORE_RERUN)
} }

inline rerunFurther(r) { d_step {
  CAN_RERUN(r) && KNOWS_FURTHER(r) && !KNOWS_EARLIER(r) &&
    (SAYS(r, FAILED) || SAYS_NOTHING(r) && (!row[r].doubtful || row[r].quiet)) ->
    printf("A person wants to send row %d again.\n", r + 1);
    adoptFurther(r); checkAnswer(r)
} }

inline rerunNew(r) { d_step {
  CAN_RERUN(r) && CAN_START(r) && row[r].id < IDS - 1 && IS_NEW_TO_BANK(r) &&
    (SAYS(r, FAILED) || SAYS_NOTHING(r) && (!row[r].doubtful || NO_SAME_ID && IS_QUIET(r))) ->
    printf("A person sends row %d again. The bank does not call it paid: it gets id %d.\n", r + 1, row[r].id + 2);
    startNewID(r, ASKED_BEFORE_RERUN)
} }

inline rerunSame(r) { d_step {
  CAN_RERUN(r) && CAN_START(r) && IS_NEW_TO_BANK(r) && SAYS_NOTHING(r) && row[r].doubtful && !NO_SAME_ID &&
    (IS_QUIET(r) || NO_QUIET_BEFORE_RERUN) ->
    printf("A person sends row %d again. A send was lost: the row keeps its id %d.\n", r + 1, row[r].id + 1);
    become(r, QUEUED, ASKED_BEFORE_RERUN)
} }

#define PEOPLE(r) \
  :: findPaid(r) :: findUnpaid(r) :: supposeUnpaid(r) :: withdraw(r) :: rerunUnasked(r) :: rerunPaid(r) :: rerunUndecided(r) \
  :: rerunUnclear(r) :: rerunFurther(r) :: rerunNew(r) :: rerunSame(r)
