#include <sqlite3.h>

// Swift cannot call functions with arguments of any number.
static inline int leave_sqlite_memory_uncounted(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
