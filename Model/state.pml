/* What there is to know about a row, and what must never be true of it. */

#define IDS 3                    /* agentTranIds of one row: 0, 1, 2 */

/* The state of a row in the ledger. */
#define QUEUED 0
#define SENDING 1
#define PAID 2
#define REFUSED 3
#define UNKNOWN 4
#define REVIEW 5
#define WITHDRAWN 6

/* The bank's own record of an id. */
#define NOTHING 0
#define PROGRESS 1
#define SUCCESS 2
#define FAILED 3

/* What the bank does with an id that it knows. */
#define REFUSES 0
#define REPLAYS 1
#define PAYS_AGAIN 2

typedef Row {
  /* The ledger: the state, the latest id, and how often each id was claimed (two bits each). */
  unsigned state : 3;
  unsigned id : 2;
  unsigned claims : 6;
  bit doubtful;                  /* an earlier send of this id may have taken effect */
  bit quiet;                     /* by the ledger's clock, the quiet period is over */
  unsigned count : 2;            /* how often "not found" has counted */
  bit spaced;                    /* the next "not found" counts */
  bit told;                      /* the bank has not denied the row since it told the truth */

#if NO_TIME_OF_QUESTION || NO_CLOCK_CHECK_AFTER
  bit heard;                     /* the bank has said "not found", and payout has not judged it */
#endif
#if NO_LOCK
  bit held;                      /* a runner that stands still will send the row when it goes on */
  unsigned heldID : 2;
#endif

  bit waiting;                   /* a living runner waits for the answer */

  /* The bank and the way to it; two bits for each id. */
  unsigned flying : 6;           /* requests on the way */
  unsigned books : 6;
  bit debited;

  /* What only the reader of the story knows. */
  unsigned sent : 2;
  bit misjudged;                 /* a person called it unpaid while a request was on the way */
#if FATES
  /* The send journal: how often each id was sent (two bits each), and whether the row was withdrawn. */
  unsigned journal : 6;
  bit stopped;
  /* The journal of another ledger, beside the same key. */
  unsigned other : 6;
  bit otherStopped;
  /* A copy of the ledger and of its journal. */
  unsigned copyState : 3;
  unsigned copyID : 2;
  unsigned copyClaims : 6;
  bit copyDoubtful;
  bit copyQuiet;
  unsigned copyJournal : 6;
  bit copyStopped;
#endif
};

Row row[ROWS];

/* The bank and the settings; chosen once. */
unsigned repeats : 2;
bit late;                        /* the bank may debit after the quiet period */
bit resend;                      /* what "not found" leads to: sending again, or a person */
bit errs;                        /* people may call a row unpaid too early */
bit forgetful;                   /* the bank forgets payments, and pays the same id again then */

/* What may still go wrong. */
unsigned steps : 1 = STEPS;
unsigned fates : 2 = FATES;
unsigned denials : 2 = DENIALS;

bit stepped;                     /* the clock was set, and payout has not seen it yet */
unsigned denying : 2;            /* for how many counted questions the bank still denies what it knows */
bit asksFirst;                   /* the bank is asked about each row of the batch before the row is sent */
bit mustWait;                    /* people wait for the quiet period before the next run */
#if FATES
bit finished;                    /* the journal has dropped the single rows of the finished batch */
bit journalAsks;                 /* the journal says that the bank is asked first */
bit copyJournalAsks;
bit otherIsThere;                /* another ledger's journal is beside the key, and knows the batch */
bit otherFinished;
unsigned copy : 2;               /* whose copy there is */
bit copyAsksFirst;
bit copyFinished;
#endif

#if ROWS == 2
#define ANY(what) (row[0].what || row[1].what)
#define SOME(what) (what(0) || what(1))
#define ALL(what) (what(0) && what(1))
#define EACH(what) what(0); what(1)
#define CHOICES(what) what(0) what(1)
#else
#define ANY(what) (row[0].what)
#define SOME(what) (what(0))
#define ALL(what) (what(0))
#define EACH(what) what(0)
#define CHOICES(what) what(0)
#endif

#define BIT2(x, i) (((x) >> (2 * (i))) & 3)
#define FLYING(r, i) BIT2(row[r].flying, i)
#define BOOK(r, i) BIT2(row[r].books, i)
#define LAST(r) BOOK(r, row[r].id)
#define STATE(r, s) (row[r].state == s)

/* What the ledger's event says about a change. */
#define CLAIMED 1
#define ANSWERED 2
#define TAKEN_OVER 3
#define ASKED_ABOUT_UNKNOWN 4
#define ASKED_BEFORE_SENDING 5
#define ASKED_BEFORE_RERUN 6
#define FOUND_AT_BANK 7
#define DECIDED 8
#define PERSON_WITHDREW 9
#define PUT_RIGHT 10

#define SAME 0
#define NEXT 1

#if ARCS
short arc;

#define ANY_DOUBT 1
#define CLEAR !doubtful
#define DOUBT doubtful
#define ARC(old, new, cause, ids, isAllowed) \
  if (from == old && to == new && event == cause && newID == ids && (isAllowed)) { \
    if (!isKnown[__LINE__]) { isKnown[__LINE__] = 1; printf("arc %d\n", __LINE__); } \
    return 1; \
  }

c_decl {
  static char isKnown[1000];
  static int isArc(int arc) {
    int from = arc & 7, to = arc >> 3 & 7, doubtful = arc >> 6 & 1, newID = arc >> 7 & 1, event = arc >> 8;
#include "arcs.pml"
    return 0;
  }
};

inline mustBeAnArc(r, to, event, newID) {
  arc = row[r].state + 8 * to + 64 * row[r].doubtful + 128 * newID + 256 * event;
  c_code { now.arc = isArc(now.arc); };
  if
  :: arc -> arc = 0
  :: else -> printf("! Row %d goes from %d to %d by %d, and arcs.pml has no such arc.\n", r + 1, row[r].state, to, event); assert(false)
  fi
}
#else
inline mustBeAnArc(r, to, event, newID) { skip }
#endif

/* Changes the state of a row. What no longer matters is cleared, so that equal situations are equal states. */
inline become(r, to, event) {
  mustBeAnArc(r, to, event, SAME);
  row[r].state = to;
  clear(r)
}

/* The row gets its next id. */
inline startNewID(r, event) {
  mustBeAnArc(r, QUEUED, event, NEXT);
  row[r].state = QUEUED; row[r].id++; row[r].doubtful = 0;
  clear(r)
}

inline clear(r) {
#if NO_TIME_OF_QUESTION || NO_CLOCK_CHECK_AFTER
  row[r].heard = 0;
#endif
  row[r].waiting = 0;
  row[r].spaced = STATE(r, UNKNOWN);
  row[r].count = 0;
  if
  :: STATE(r, UNKNOWN) || STATE(r, REVIEW) -> row[r].doubtful = 1
  :: STATE(r, PAID) || STATE(r, WITHDRAWN) -> row[r].doubtful = 0
  :: else
  fi;
  if
  :: STATE(r, REFUSED) || NO_RESTART_OF_QUIET && (STATE(r, UNKNOWN) || STATE(r, QUEUED))
  :: else -> row[r].quiet = 0
  fi
}

/* The promises. SEEKS says which of them the search is about. */
#define EVERYTHING 0
#define TWICE 1
#define FALSELY_REFUSED 2
#define FALSELY_WITHDRAWN 3
#define FALSELY_PAID 4
#define SENT_THOUGH_WITHDRAWN 5
#define FORGOTTEN 6

#define IS_SOUGHT(promise) (SEEKS == EVERYTHING || SEEKS == promise)

/* In a batch that is asked about first, a refused row is only what the older ledger believed. */
inline check(r) {
  if
  :: STATE(r, REFUSED) && row[r].debited && !row[r].misjudged && !asksFirst && IS_SOUGHT(FALSELY_REFUSED) ->
       printf("! The report calls row %d refused, and the bank has debited it.\n", r + 1); assert(false)
  :: STATE(r, WITHDRAWN) && row[r].debited && !row[r].misjudged && IS_SOUGHT(FALSELY_WITHDRAWN) ->
       printf("! The report calls row %d withdrawn, and the bank has debited it.\n", r + 1); assert(false)
  :: STATE(r, PAID) && !row[r].debited && IS_SOUGHT(FALSELY_PAID) ->
       printf("! The report calls row %d paid, and the bank has not debited it.\n", r + 1); assert(false)
  :: else
  fi
}

/* After the bank's own word there is no excuse. */
inline checkAnswer(r) {
  if
  :: STATE(r, REFUSED) && row[r].debited && !row[r].misjudged && IS_SOUGHT(FALSELY_REFUSED) ->
       printf("! The report calls row %d refused, and the bank has debited it.\n", r + 1); assert(false)
  :: else -> check(r)
  fi
}

inline write(r, i, word) { row[r].books = (row[r].books & (63 - (3 << (2 * (i))))) | ((word) << (2 * (i))) }

/* The bank executes an order. */
inline debit(r, i) {
  if
  :: (row[r].debited || BOOK(r, i) == PROGRESS) && IS_SOUGHT(TWICE) ->
       printf("! The bank debits row %d a second time, under id %d.\n", r + 1, i + 1); assert(false)
  :: else
  fi;
  row[r].debited = 1;
  write(r, i, SUCCESS)
}

#if FATES
inline checkSend(r) {
  if
  :: row[r].stopped && IS_SOUGHT(SENT_THOUGH_WITHDRAWN) ->
       printf("! payout sends row %d, which a person has withdrawn.\n", r + 1); assert(false)
  :: else
  fi
}
#else
inline checkSend(r) { skip }
#endif
