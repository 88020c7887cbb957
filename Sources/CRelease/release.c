#include "release.h"

#ifndef PAYOUT_COMMIT
#define PAYOUT_COMMIT ""
#endif

// This is C because a Swift flag cannot have a value.
const char *payout_commit(void) {
    return PAYOUT_COMMIT;
}
