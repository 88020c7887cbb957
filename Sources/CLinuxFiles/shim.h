// Calls of Linux that Swift does not import, because they are variadic or hidden behind _GNU_SOURCE.
#ifndef C_LINUX_FILES_H
#define C_LINUX_FILES_H

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/vfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Renames a file. Fails with EEXIST if the new name is taken.
static inline int rename_to_free_name(int from_folder, const char *from, int to_folder, const char *to) {
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 1u /* RENAME_NOREPLACE */);
}

/// Swaps two names of one folder in one step.
static inline int exchange_names(int folder, const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, folder, one, folder, other, 2u /* RENAME_EXCHANGE */);
}

/// Takes a read lease on an open file. Fails with EAGAIN if somebody has the file open for writing. While the lease lasts, a
/// process that opens the file for writing waits.
static inline int take_read_lease(int descriptor) {
    // The default signal to the lease's holder, SIGIO, would end the program. SIGURG does nothing.
    fcntl(descriptor, 10 /* F_SETSIG */, SIGURG);
    return fcntl(descriptor, 1024 /* F_SETLEASE */, F_RDLCK);
}

static inline int give_back_lease(int descriptor) {
    return fcntl(descriptor, 1024 /* F_SETLEASE */, F_UNLCK);
}

/// Forbids core dumps of this process, and other processes of the same account to look into its memory.
static inline int hide_memory(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// Returns the kernel's number of the file system of a file, or 0 if there is no such file.
static inline unsigned int file_system_of(const char *path) {
    struct statfs system;
    return statfs(path, &system) == 0 ? (unsigned int)system.f_type : 0;
}

#endif
