#include <sqlite3.h>

// Turns off SQLite's memory statistics. This is C because Swift cannot call variadic functions.
static inline int leave_sqlite_memory_uncounted(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
