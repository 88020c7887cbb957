/* Every change of a row's state, and the event that the ledger records for it. The model asserts that it makes no other one.
   The tests of the program read this file, too: they compare it with the program's transitions, and follow each event log.

   SAME and NEXT: the row keeps its id, or gets its next one. CLEAR: only if no earlier send of the id may have taken effect. */

/*  from       to         event                  the id  doubt     */

ARC(QUEUED,    SENDING,   CLAIMED,               SAME,   ANY_DOUBT)

ARC(SENDING,   PAID,      ANSWERED,              SAME,   ANY_DOUBT)
ARC(SENDING,   REFUSED,   ANSWERED,              SAME,   CLEAR)
ARC(SENDING,   QUEUED,    ANSWERED,              SAME,   CLEAR)
ARC(SENDING,   UNKNOWN,   ANSWERED,              SAME,   ANY_DOUBT)
ARC(SENDING,   REVIEW,    ANSWERED,              SAME,   ANY_DOUBT)

ARC(SENDING,   UNKNOWN,   TAKEN_OVER,            SAME,   ANY_DOUBT)

ARC(UNKNOWN,   PAID,      ASKED_ABOUT_UNKNOWN,   SAME,   DOUBT)
ARC(UNKNOWN,   REFUSED,   ASKED_ABOUT_UNKNOWN,   SAME,   DOUBT)
ARC(UNKNOWN,   REVIEW,    ASKED_ABOUT_UNKNOWN,   SAME,   DOUBT)
ARC(UNKNOWN,   QUEUED,    ASKED_ABOUT_UNKNOWN,   SAME,   DOUBT)

ARC(QUEUED,    PAID,      ASKED_BEFORE_SENDING,  SAME,   ANY_DOUBT)
ARC(QUEUED,    REFUSED,   ASKED_BEFORE_SENDING,  SAME,   ANY_DOUBT)
ARC(QUEUED,    UNKNOWN,   ASKED_BEFORE_SENDING,  SAME,   ANY_DOUBT)
ARC(QUEUED,    REVIEW,    ASKED_BEFORE_SENDING,  SAME,   ANY_DOUBT)
ARC(REFUSED,   QUEUED,    FOUND_AT_BANK,         NEXT,   ANY_DOUBT)

ARC(REFUSED,   QUEUED,    ASKED_BEFORE_RERUN,    NEXT,   ANY_DOUBT)
ARC(REFUSED,   QUEUED,    ASKED_BEFORE_RERUN,    SAME,   DOUBT)
ARC(REFUSED,   PAID,      ASKED_BEFORE_RERUN,    SAME,   ANY_DOUBT)
ARC(REFUSED,   UNKNOWN,   ASKED_BEFORE_RERUN,    SAME,   ANY_DOUBT)
ARC(REFUSED,   REVIEW,    ASKED_BEFORE_RERUN,    SAME,   ANY_DOUBT)

ARC(UNKNOWN,   PAID,      DECIDED,               SAME,   DOUBT)
ARC(UNKNOWN,   REFUSED,   DECIDED,               SAME,   DOUBT)
ARC(REVIEW,    PAID,      DECIDED,               SAME,   DOUBT)
ARC(REVIEW,    REFUSED,   DECIDED,               SAME,   DOUBT)
ARC(QUEUED,    WITHDRAWN, PERSON_WITHDREW,       SAME,   CLEAR)
ARC(REFUSED,   WITHDRAWN, PERSON_WITHDREW,       SAME,   ANY_DOUBT)

ARC(QUEUED,    UNKNOWN,   PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(REFUSED,   UNKNOWN,   PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(QUEUED,    REFUSED,   PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(SENDING,   REFUSED,   PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(UNKNOWN,   REFUSED,   PUT_RIGHT,             SAME,   DOUBT)
ARC(REVIEW,    REFUSED,   PUT_RIGHT,             SAME,   DOUBT)
ARC(REFUSED,   QUEUED,    PUT_RIGHT,             NEXT,   ANY_DOUBT)
ARC(QUEUED,    WITHDRAWN, PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(REFUSED,   WITHDRAWN, PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(QUEUED,    REVIEW,    PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(SENDING,   REVIEW,    PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(REFUSED,   REVIEW,    PUT_RIGHT,             SAME,   ANY_DOUBT)
ARC(UNKNOWN,   REVIEW,    PUT_RIGHT,             SAME,   DOUBT)
