/* The rules. -DNO_… drops one, and then the search finds a story that breaks a promise: see stories/. */

/* --- docs/states.md ------------------------------------------------------------------------------------------------- */

#ifndef NO_CLAIM  /* A claim is on disk before the request leaves. */
#define NO_CLAIM 0
#endif
#ifndef NO_TAKEOVER  /* A row that was in flight when the program died is unknown. */
#define NO_TAKEOVER 0
#endif
#ifndef NO_LOCK  /* Only one runner works at a time. */
#define NO_LOCK 0
#endif
#ifndef NO_DOUBT  /* An answer speaks for one send: after a lost send, a refusal of the next one proves nothing. */
#define NO_DOUBT 0
#endif
#ifndef NO_PROOF  /* A row is paid only if every field of the answer confirms it. */
#define NO_PROOF 0
#endif
#ifndef NO_GUARD_ON_WITHDRAWAL  /* A row that may be paid is not withdrawn. */
#define NO_GUARD_ON_WITHDRAWAL 0
#endif

/* --- docs/reconciliation.md: what the bank's answers mean, the quiet period ------------------------------------------ */

#ifndef NO_PATIENCE  /* A status in progress proves nothing. */
#define NO_PATIENCE 0
#endif
#ifndef NO_QUIET_PERIOD  /* “Not found” counts only after the quiet period. */
#define NO_QUIET_PERIOD 0
#endif
#ifndef NO_RESTART_OF_QUIET  /* The quiet period starts at the last send, not at the first. */
#define NO_RESTART_OF_QUIET 0
#endif
#ifndef NO_THREE_TIMES  /* The bank must say “not found” three times. */
#define NO_THREE_TIMES 0
#endif
#ifndef NO_SPACING  /* A quarter of the quiet period passes between two that count. */
#define NO_SPACING 0
#endif
#ifndef NO_RESTART_OF_COUNT  /* If the bank knows the payout in between, the count starts again. */
#define NO_RESTART_OF_COUNT 0
#endif
#ifndef NO_CLOCK_CHECK  /* If the clock was set, every quiet period starts again. */
#define NO_CLOCK_CHECK 0
#endif
#ifndef NO_TIME_OF_QUESTION  /* “Not found” counts by the time of the question, not of the answer. */
#define NO_TIME_OF_QUESTION 0
#endif
#ifndef NO_CLOCK_CHECK_AFTER  /* The clock is checked after the answer, too. */
#define NO_CLOCK_CHECK_AFTER 0
#endif
#ifndef NO_CAUTION_WITH_RESEND  /* `resend` is not used at a bank that pays a repeated id again, and pays late. */
#define NO_CAUTION_WITH_RESEND 0
#endif
#ifndef NO_STATEMENT  /* A person decides by the bank's statement, not by a day of silence. */
#define NO_STATEMENT 0
#endif
#ifndef NO_COUNT_AFTER_QUIET  /* The bank must say “not found” three times after the quiet period. */
#define NO_COUNT_AFTER_QUIET 0
#endif

/* --- docs/reconciliation.md: a refused row that is sent again -------------------------------------------------------- */

#ifndef NO_ASKING_BEFORE_RERUN  /* payout asks the bank about a refused row before it sends the row again. */
#define NO_ASKING_BEFORE_RERUN 0
#endif
#ifndef NO_SAME_ID  /* If only a person called the row unpaid, it is sent again under the same id. */
#define NO_SAME_ID 0
#endif
#ifndef NO_QUIET_BEFORE_RERUN  /* Such a row is sent again only after the quiet period. */
#define NO_QUIET_BEFORE_RERUN 0
#endif

/* --- docs/reconciliation.md: an older copy, a lost ledger ------------------------------------------------------------ */

#ifndef NO_JOURNAL  /* Each opening compares the ledger with its send journal. */
#define NO_JOURNAL 0
#endif
#ifndef NO_SENT_ROWS  /* The journal says sent, the ledger says not sent: the row is unknown. */
#define NO_SENT_ROWS 0
#endif
#ifndef NO_SENT_AGAIN  /* The journal says sent again, the ledger says refused: the row is unknown. */
#define NO_SENT_AGAIN 0
#endif
#ifndef NO_LATER_ID  /* The journal says sent under a later id: the row is unknown under the later id. */
#define NO_LATER_ID 0
#endif
#ifndef NO_WITHDRAWN_ROWS  /* The journal says withdrawn: the row is withdrawn. */
#define NO_WITHDRAWN_ROWS 0
#endif
#ifndef NO_FINISHED_BATCHES  /* The journal says that the batch was finished: a row that is not sent is unknown. */
#define NO_FINISHED_BATCHES 0
#endif
#ifndef NO_NOTE_OF_ASKING  /* The journal says that the bank is asked first: the bank is asked first. */
#define NO_NOTE_OF_ASKING 0
#endif
#ifndef NO_ASKING_FIRST  /* If sends may be known only to the bank, payout asks before it sends a row. */
#define NO_ASKING_FIRST 0
#endif
#ifndef NO_FURTHER_IDS  /* It also asks about the two ids that would follow. */
#define NO_FURTHER_IDS 0
#endif
#ifndef NO_WAIT  /* After `recover --older` and `--lost` people wait for the quiet period. */
#define NO_WAIT 0
#endif
#ifndef NO_WORD  /* If ledger and journal are both older, a person says `recover --older`. */
#define NO_WORD 0
#endif
#ifndef NO_TRUTH  /* A person says `recover --newest` only if the ledger is the newest. */
#define NO_TRUTH 0
#endif
#ifndef NO_CHECK_OF_OTHERS  /* A file that was sent from another ledger under the same key is not imported. */
#define NO_CHECK_OF_OTHERS 0
#endif
#ifndef NO_OTHER_JOURNALS  /* Each opening reads the other journals beside the key. */
#define NO_OTHER_JOURNALS 0
#endif
#ifndef NO_OTHER_SENDS  /* If another journal beside the key calls a row sent, the row is unknown. */
#define NO_OTHER_SENDS 0
#endif
#ifndef NO_MEMORY  /* Where no journal is left: the bank does not forget a payment. */
#define NO_MEMORY 0
#endif
#ifndef NO_PUNCTUALITY  /* Where no journal is left: the bank does not pay after the quiet period. */
#define NO_PUNCTUALITY 0
#endif
#ifndef NO_QUIET_AFTER_OPENING  /* When a ledger was set back, every quiet period starts again. */
#define NO_QUIET_AFTER_OPENING 0
#endif
#ifndef NO_EARLIER_IDS  /* A row that a journal calls sent again under an earlier id is in dispute. */
#define NO_EARLIER_IDS 0
#endif
#ifndef NO_QUESTION_ABOUT_EARLIER_IDS  /* Where payout asks first, it asks about the earlier ids of the row, too. */
#define NO_QUESTION_ABOUT_EARLIER_IDS 0
#endif
#ifndef NO_FURTHER_IDS_OF_UNKNOWN  /* Where payout asks first, it asks about the ids that would follow an unknown row's, too. */
#define NO_FURTHER_IDS_OF_UNKNOWN 0
#endif
#ifndef NO_GUARD_ON_REFUSED_ROWS  /* Where payout asks first, a refused row is not withdrawn unasked. */
#define NO_GUARD_ON_REFUSED_ROWS 0
#endif
#ifndef NO_WITHDRAWAL_AFTER_SEND  /* The journal says sent and withdrawn: the row is withdrawn. */
#define NO_WITHDRAWAL_AFTER_SEND 0
#endif
#ifndef NO_REFUSED_ROWS_OF_FINISHED_BATCHES  /* The ledger's own journal says that the batch was finished: a refused row is unknown. */
#define NO_REFUSED_ROWS_OF_FINISHED_BATCHES 0
#endif
#ifndef NO_COUNT_OF_RESTORED_SENDS  /* The ledger counts the sends that it learns from its journal. */
#define NO_COUNT_OF_RESTORED_SENDS 0
#endif
#ifndef NO_CAUTION_WITH_UNREADABLE  /* While another journal under the key cannot be read, payout asks first about an imported file, too. */
#define NO_CAUTION_WITH_UNREADABLE 0
#endif
