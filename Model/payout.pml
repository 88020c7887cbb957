/* The life of a payout, as docs/states.md, docs/reconciliation.md and docs/ledger.md describe it. See docs/testing.md.

   The state consists of what the ledger, its journal, the bank and the network know. Each step is what one of them, a person
   or fate does. Time is only its consequences: the quiet period is over, or a quarter of it. */

/* The size of the search. */
#ifndef ROWS
#define ROWS 2
#endif
#ifndef SENDS                    /* requests for one row, under all its ids */
#define SENDS 3
#endif
#define IDS 3                    /* agentTranIds of one row: 0, 1, 2 */
#ifndef ASKINGS                  /* how often the bank must say "not found" */
#define ASKINGS 1
#endif
#ifndef STEPS                    /* how often the clock is set */
#define STEPS 0
#endif
#ifndef DENIALS                  /* how often the bank denies for a while what it knows */
#define DENIALS 0
#endif
#ifndef ERRS                     /* whether people may be wrong about a row */
#define ERRS 0
#endif
#ifndef FATES                    /* how often the files suffer */
#define FATES 0
#endif
#ifndef SECOND_LEDGER            /* whether people begin a second ledger under the same key */
#define SECOND_LEDGER 1
#endif
#ifndef FORGETFUL                /* whether the bank may forget payments */
#define FORGETFUL 0
#endif
#ifndef SEEKS                    /* which promise the search is about */
#define SEEKS EVERYTHING
#endif
#ifndef ARCS                     /* whether each change is compared with arcs.pml */
#define ARCS 0
#endif

#include "rules.pml"
#include "state.pml"
#include "bank.pml"
#include "runner.pml"
#include "people.pml"
#if FATES
#include "files.pml"
#else
#define FILES
#define FILES_OF(r)
#endif

inline choose() {
  if
  :: repeats = REFUSES :: repeats = REPLAYS :: repeats = PAYS_AGAIN
  fi;
  if
  :: late = 0 :: late = 1
  fi;
  if
  :: resend = 0
  :: !(repeats == PAYS_AGAIN && late) || NO_CAUTION_WITH_RESEND -> resend = 1
  fi;
  if
  :: errs = 0
  :: ERRS && !(repeats == PAYS_AGAIN && late) -> errs = 1
  fi;
  if
  :: forgetful = 0
  :: FORGETFUL && !resend && !errs -> forgetful = 1
  fi
}

inline tellSetting() {
  if
  :: repeats == REFUSES -> printf("# The bank refuses a repeated id")
  :: repeats == REPLAYS -> printf("# The bank repeats its first answer to a repeated id")
  :: else -> printf("# The bank pays a repeated id again")
  fi;
  if
  :: late -> printf(", and may pay after the quiet period.\n")
  :: else -> printf(", and pays within the quiet period.\n")
  fi;
  if
  :: resend -> printf("# The setting is `resend`.\n")
  :: else -> printf("# The setting is `review`.\n")
  fi
}

/* A row is settled, or cannot be sent again. */
#define IS_SETTLED(r) (STATE(r, PAID) || STATE(r, WITHDRAWN) || \
  (STATE(r, REFUSED) && !row[r].debited || STATE(r, QUEUED)) && (row[r].sent == SENDS || row[r].id == IDS - 1))

inline mustBeSettled(r) {
  if
  :: !IS_SETTLED(r) && IS_SOUGHT(FORGOTTEN) ->
       printf("! Nothing more happens, and row %d is not settled.\n", r + 1); assert(false)
  :: else
  fi
}

init {
  atomic { choose() };
  d_step { tellSetting() };
  do
  CHOICES(RUNNER) CHOICES(BANK) CHOICES(PEOPLE) CHOICES(FILES_OF) FILES
  :: crash() :: restart() :: noticeClock() :: passQuietPeriod() :: passQuarter() :: setClock() :: deny()
  :: else -> break
  od;
  atomic { EACH(mustBeSettled) }
}
