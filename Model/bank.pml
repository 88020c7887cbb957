/* The bank and the way to it: requests arrive in any order, late, or not at all. Each arrival is one step, with the answer
   and its record in the ledger: if the program dies in between, the answer is lost, and that is a step of its own. */

#define LIVE(r, i) (row[r].waiting && row[r].id == i)       /* its sender still waits */
#define IS_NEW(r, i) (BOOK(r, i) == NOTHING || repeats == PAYS_AGAIN)

#define IN_DOUBT(r) (row[r].doubtful && !NO_DOUBT)

inline arrive(r, i) { row[r].flying = row[r].flying - (1 << (2 * (i))) }

inline pay(r, i) { d_step {
  FLYING(r, i) && IS_NEW(r, i) && LIVE(r, i) ->
    printf("The bank debits row %d under id %d and says so. The row is paid.\n", r + 1, i + 1);
    arrive(r, i); debit(r, i); become(r, PAID, ANSWERED); check(r)
} }

inline paySilently(r, i) { d_step {
  FLYING(r, i) && IS_NEW(r, i) ->
    printf("The bank debits row %d under id %d. No answer comes.\n", r + 1, i + 1);
    arrive(r, i); debit(r, i); check(r)
} }

inline payUnclearly(r, i) { d_step {
  FLYING(r, i) && IS_NEW(r, i) && LIVE(r, i) ->
    printf("The bank debits row %d under id %d. Its answer is one that a person must settle.\n", r + 1, i + 1);
    arrive(r, i); debit(r, i); become(r, REVIEW, ANSWERED); check(r)
} }

/* Records what a refusal of this send proves. */
inline takeRefusal(r) {
  if
  :: IN_DOUBT(r) -> printf("An earlier send may have paid row %d: it stays unknown.\n", r + 1); become(r, UNKNOWN, ANSWERED)
  :: else -> printf("Row %d is refused.\n", r + 1); become(r, REFUSED, ANSWERED)
  fi
}

inline refuse(r, i) { d_step {
  FLYING(r, i) && BOOK(r, i) == NOTHING && LIVE(r, i) ->
    printf("The bank refuses row %d under id %d.\n", r + 1, i + 1);
    arrive(r, i); write(r, i, FAILED); takeRefusal(r); check(r)
} }

inline refuseSilently(r, i) { d_step {
  FLYING(r, i) && BOOK(r, i) == NOTHING ->
    printf("The bank refuses row %d under id %d. No answer comes.\n", r + 1, i + 1);
    arrive(r, i); write(r, i, FAILED)
} }

/* A refusal without a record, also of an id that the bank knows. */
inline turnAway(r, i) { d_step {
  FLYING(r, i) && LIVE(r, i) && repeats != REPLAYS || FLYING(r, i) && LIVE(r, i) && BOOK(r, i) != SUCCESS ->
    if
    :: BOOK(r, i) -> printf("The bank refuses id %d of row %d: it knows that id.\n", i + 1, r + 1)
    :: else -> printf("The bank refuses row %d under id %d, and keeps no record.\n", r + 1, i + 1)
    fi;
    arrive(r, i); takeRefusal(r); check(r)
} }

inline replay(r, i) { d_step {
  FLYING(r, i) && repeats == REPLAYS && BOOK(r, i) == SUCCESS && LIVE(r, i) ->
    printf("The bank repeats its first answer for row %d. The row is paid.\n", r + 1);
    arrive(r, i); become(r, PAID, ANSWERED); check(r)
} }

/* A new login is needed, or the bank wants more time. */
inline putOff(r, i) { d_step {
  FLYING(r, i) && LIVE(r, i) ->
    printf("The bank does not process the request of row %d, and says so.\n", r + 1);
    arrive(r, i);
    if
    :: IN_DOUBT(r) -> become(r, UNKNOWN, ANSWERED)
    :: else -> become(r, QUEUED, ANSWERED)
    fi
} }

inline answerUnclearly(r, i) { d_step {
  FLYING(r, i) && LIVE(r, i) ->
    printf("The bank does nothing for row %d. Its answer is one that a person must settle.\n", r + 1);
    arrive(r, i); become(r, REVIEW, ANSWERED)
} }

inline takeUp(r, i) { d_step {
  FLYING(r, i) && BOOK(r, i) == NOTHING ->
    printf("The bank takes up row %d under id %d, and has not decided.\n", r + 1, i + 1);
    arrive(r, i); write(r, i, PROGRESS)
} }

inline finish(r, i) { d_step {
  BOOK(r, i) == PROGRESS ->
    printf("The bank decides on row %d, and debits it under id %d.\n", r + 1, i + 1);
    write(r, i, NOTHING); debit(r, i); check(r)
} }

inline fail(r, i) { d_step {
  BOOK(r, i) == PROGRESS ->
    printf("The bank decides on row %d, and refuses it.\n", r + 1);
    write(r, i, FAILED)
} }

inline lose(r, i) { d_step {
  FLYING(r, i) ->
    printf("The request of row %d under id %d is lost on its way.\n", r + 1, i + 1);
    arrive(r, i)
} }

/* Something answers, but not the bank, or not to this request. */
inline garble(r, i) { d_step {
  NO_PROOF && FLYING(r, i) && LIVE(r, i) ->
    printf("The request of row %d is lost. Another answer is taken for its own. The row is paid.\n", r + 1);
    arrive(r, i); become(r, PAID, ANSWERED); check(r)
} }

/* The bank never denies a row three times in a row: the second time comes after the truth. */
#define MAY_NOT_BE_DENIED(r) (row[r].count > 0 && !row[r].told)

inline forgetTruth(r) { row[r].told = 0 }

inline deny() { d_step {
  denials > 0 && !denying && (denials == DENIALS || !SOME(MAY_NOT_BE_DENIED)) && ANY(books) ->
    printf("For a while the bank denies the payments that it knows.\n");
    denials--; denying = 2; EACH(forgetTruth)
} }

inline forget(r, i) { d_step {
  forgetful && BOOK(r, i) == SUCCESS && !FLYING(r, i) ->
    printf("The bank forgets row %d under id %d.\n", r + 1, i + 1);
    write(r, i, NOTHING)
} }

#define ARRIVALS(r, i) \
  :: pay(r, i) :: paySilently(r, i) :: payUnclearly(r, i) :: refuse(r, i) :: refuseSilently(r, i) :: turnAway(r, i) \
  :: replay(r, i) :: putOff(r, i) :: answerUnclearly(r, i) :: takeUp(r, i) :: finish(r, i) :: fail(r, i) :: lose(r, i) \
  :: garble(r, i) :: forget(r, i)
#define BANK(r) ARRIVALS(r, 0) ARRIVALS(r, 1) ARRIVALS(r, 2)
