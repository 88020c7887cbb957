// Loaded before the C library (LD_PRELOAD), counts a program's fsyncs and makes each of them last longer: FSYNC_DELAY_MS says
// how much, and FSYNC_COUNT names the file that the count is written to at the end. A tracer that does the same stops the
// program and slows all else that it does.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static atomic_long count;

static int held_up(const char *name, int descriptor) {
    int (*call)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = call(descriptor);
    int error = errno;
    const char *delay = getenv("FSYNC_DELAY_MS");
    long milliseconds = delay ? atol(delay) : 0;
    struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {}
    atomic_fetch_add(&count, 1);
    errno = error;
    return result;
}

int fsync(int descriptor) { return held_up("fsync", descriptor); }

int fdatasync(int descriptor) { return held_up("fdatasync", descriptor); }

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("FSYNC_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", count);
    fclose(file);
}
