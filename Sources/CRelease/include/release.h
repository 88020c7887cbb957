/// Returns the commit that the program was built from, and its date. An ordinary build returns an empty text.
const char *payout_commit(void);
