#include "lossy_disk.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512 };

// A write, or, if `bytes` is NULL, a truncation to `offset`, that no sync has made durable yet.
typedef struct pending {
    struct pending *next;
    int64_t offset;
    int64_t count;
    unsigned char *bytes;
} pending;

// A file as it is on the platter, with the changes that the system still holds back. All connections to a file share
// one.
typedef struct shadow {
    struct shadow *next;
    char *path;
    unsigned char *durable;
    int64_t size;
    pending *first;
    pending *last;
} shadow;

struct lossy_disk {
    struct lossy_disk *next;
    // The watching test and each open file.
    int64_t users;
    char *folder;
    shadow *shadows;
    int64_t operations;
    int64_t syncs;
    int64_t writes;
    int64_t cut_at;
    int64_t failing_sync;
    int64_t failing_write;
    lossy_cut_kind cut_kind;
    uint64_t cut_seed;
    char *cut_target;
    bool is_cut;
    bool has_failed;
};

// The data that SQLite keeps for an open file. The real file follows it in memory.
typedef struct {
    sqlite3_file base;
    lossy_disk *disk;
    shadow *shadow;
} shim_file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static lossy_disk *disks;
static sqlite3_vfs *real;
static sqlite3_vfs shim;

static sqlite3_file *real_file(sqlite3_file *file) {
    return (sqlite3_file *)((shim_file *)file + 1);
}

static uint64_t random_next(uint64_t *state) {
    uint64_t mixed = *state += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

// MARK: Shadows

static void resize(shadow *file, int64_t size) {
    if (size > file->size) {
        file->durable = realloc(file->durable, (size_t)size);
        memset(file->durable + file->size, 0, (size_t)(size - file->size));
    }
    file->size = size;
}

static void apply(shadow *file, const pending *change, int64_t count) {
    if (!change->bytes) {
        resize(file, change->offset);
    } else if (count > 0) {
        if (change->offset + count > file->size) resize(file, change->offset + count);
        memcpy(file->durable + change->offset, change->bytes, (size_t)count);
    }
}

static void drop_pending(shadow *file) {
    while (file->first) {
        pending *change = file->first;
        file->first = change->next;
        free(change->bytes);
        free(change);
    }
    file->last = NULL;
}

static void sync_shadow(shadow *file) {
    for (pending *change = file->first; change; change = change->next) apply(file, change, change->count);
    drop_pending(file);
}

static void add_pending(shadow *file, int64_t offset, const void *bytes, int64_t count) {
    pending *change = calloc(1, sizeof *change);
    change->offset = offset;
    change->count = count;
    if (bytes) {
        change->bytes = malloc((size_t)count + 1);
        memcpy(change->bytes, bytes, (size_t)count);
    }
    if (file->last) file->last->next = change;
    else file->first = change;
    file->last = change;
}

static void free_shadow(shadow *file) {
    drop_pending(file);
    free(file->durable);
    free(file->path);
    free(file);
}

static shadow *find_shadow(lossy_disk *disk, const char *path) {
    for (shadow *file = disk->shadows; file; file = file->next)
        if (strcmp(file->path, path) == 0) return file;
    return NULL;
}

static void read_whole(shadow *file) {
    FILE *stream = fopen(file->path, "rb");
    struct stat status;
    if (stream && fstat(fileno(stream), &status) == 0) {
        resize(file, status.st_size);
        if (fread(file->durable, 1, (size_t)file->size, stream) != (size_t)file->size) file->size = 0;
    }
    if (stream) fclose(stream);
}

// The content of the disk counts as durable when it is first opened.
static shadow *shadow_of(lossy_disk *disk, const char *path) {
    shadow *file = find_shadow(disk, path);
    if (file) return file;
    file = calloc(1, sizeof *file);
    file->path = strdup(path);
    read_whole(file);
    file->next = disk->shadows;
    disk->shadows = file;
    return file;
}

// MARK: The cut

static bool write_whole(const char *folder, const char *path, const unsigned char *bytes, int64_t size) {
    char *name = sqlite3_mprintf("%s/%s", folder, strrchr(path, '/') + 1);
    FILE *stream = fopen(name, "wb");
    sqlite3_free(name);
    if (!stream) return false;
    // As the program makes its files; it refuses those that other accounts can read.
    fchmod(fileno(stream), 0600);
    bool is_whole = fwrite(bytes, 1, (size_t)size, stream) == (size_t)size;
    return fclose(stream) == 0 && is_whole;
}

static bool cut(lossy_disk *disk, lossy_cut_kind kind, uint64_t seed, const char *target) {
    bool is_whole = true;
    disk->is_cut = true;
    for (shadow *file = disk->shadows; file; file = file->next) {
        // One random choice for the whole file, so that "all lost" and "all kept" occur however many writes are
        // pending.
        uint64_t mood = kind == LOSSY_KILL ? 1 : random_next(&seed) % 4;
        for (pending *change = file->first; change; change = change->next) {
            uint64_t fate = mood == 0 ? 0 : mood == 1 ? 1 : random_next(&seed) % 3;
            int64_t sectors = (change->count + SECTOR - 1) / SECTOR;
            int64_t torn = sectors > 0 ? (int64_t)(random_next(&seed) % (uint64_t)sectors) * SECTOR : 0;
            if (fate > 0) apply(file, change, fate == 2 && change->bytes ? torn : change->count);
        }
        drop_pending(file);
        // Another file replaced this one.
        if (!file->path[0]) continue;
        is_whole = write_whole(target, file->path, file->durable, file->size) && is_whole;
    }
    return is_whole;
}

// Counts an operation, and cuts if it is the chosen one. Returns true if the operation must fail.
static bool is_lost(lossy_disk *disk) {
    disk->operations += 1;
    if (disk->cut_at && disk->operations == disk->cut_at && !disk->is_cut)
        cut(disk, disk->cut_kind, disk->cut_seed, disk->cut_target);
    return disk->is_cut;
}

// MARK: What SQLite calls

// A connection may still close after the test has released the disk. So the last user frees it.
static void leave(lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    bool is_used = --disk->users > 0;
    pthread_mutex_unlock(&lock);
    if (is_used) return;
    while (disk->shadows) {
        shadow *file = disk->shadows;
        disk->shadows = file->next;
        free_shadow(file);
    }
    free(disk->cut_target);
    free(disk->folder);
    free(disk);
}

static int shim_close(sqlite3_file *file) {
    lossy_disk *disk = ((shim_file *)file)->disk;
    int code = real_file(file)->pMethods->xClose(real_file(file));
    leave(disk);
    return code;
}

static int shim_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return real_file(file)->pMethods->xRead(real_file(file), bytes, count, offset);
}

static int shim_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    shim_file *own = (shim_file *)file;
    pthread_mutex_lock(&lock);
    bool lost = is_lost(own->disk);
    own->disk->writes += 1;
    bool is_full = own->disk->failing_write && own->disk->writes >= own->disk->failing_write;
    if (is_full) own->disk->has_failed = true;
    if (!lost && !is_full) add_pending(own->shadow, offset, bytes, count);
    pthread_mutex_unlock(&lock);
    if (lost) return SQLITE_IOERR_WRITE;
    if (is_full) return SQLITE_FULL;
    return real_file(file)->pMethods->xWrite(real_file(file), bytes, count, offset);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size) {
    shim_file *own = (shim_file *)file;
    pthread_mutex_lock(&lock);
    bool lost = is_lost(own->disk);
    if (!lost) add_pending(own->shadow, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    if (lost) return SQLITE_IOERR_TRUNCATE;
    return real_file(file)->pMethods->xTruncate(real_file(file), size);
}

static int shim_sync(sqlite3_file *file, int flags) {
    shim_file *own = (shim_file *)file;
    (void)flags;
    pthread_mutex_lock(&lock);
    bool lost = is_lost(own->disk);
    own->disk->syncs += 1;
    bool fails = own->disk->failing_sync && own->disk->syncs == own->disk->failing_sync;
    if (fails) {
        own->disk->has_failed = true;
        drop_pending(own->shadow);
    } else if (!lost) {
        sync_shadow(own->shadow);
    }
    pthread_mutex_unlock(&lock);
    // The system's own sync is not called: the shadow simulates the platter.
    return lost || fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int shim_file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_file(file)->pMethods->xFileSize(real_file(file), size);
}
static int shim_lock(sqlite3_file *file, int level) {
    return real_file(file)->pMethods->xLock(real_file(file), level);
}
static int shim_unlock(sqlite3_file *file, int level) {
    return real_file(file)->pMethods->xUnlock(real_file(file), level);
}
static int shim_check_reserved_lock(sqlite3_file *file, int *result) {
    return real_file(file)->pMethods->xCheckReservedLock(real_file(file), result);
}
static int shim_file_control(sqlite3_file *file, int operation, void *argument) {
    return real_file(file)->pMethods->xFileControl(real_file(file), operation, argument);
}
static int shim_sector_size(sqlite3_file *file) {
    (void)file;
    return SECTOR;
}
static int shim_device_characteristics(sqlite3_file *file) {
    (void)file;
    // The weakest guarantees of a disk: no atomic writes, no safe append, no order.
    return 0;
}
static int shim_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    return real_file(file)->pMethods->xShmMap(real_file(file), page, size, extend, memory);
}
static int shim_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real_file(file)->pMethods->xShmLock(real_file(file), offset, count, flags);
}
static void shim_shm_barrier(sqlite3_file *file) {
    real_file(file)->pMethods->xShmBarrier(real_file(file));
}
static int shim_shm_unmap(sqlite3_file *file, int remove) {
    return real_file(file)->pMethods->xShmUnmap(real_file(file), remove);
}

static const sqlite3_io_methods shim_methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_file_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_check_reserved_lock,
    .xFileControl = shim_file_control,
    .xSectorSize = shim_sector_size,
    .xDeviceCharacteristics = shim_device_characteristics,
    .xShmMap = shim_shm_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_shm_barrier,
    .xShmUnmap = shim_shm_unmap,
};

static lossy_disk *disk_of(const char *path) {
    for (lossy_disk *disk = disks; path && disk; disk = disk->next) {
        size_t length = strlen(disk->folder);
        if (strncmp(path, disk->folder, length) == 0 && path[length] == '/') return disk;
    }
    return NULL;
}

static int shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
    (void)vfs;
    const int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    pthread_mutex_lock(&lock);
    lossy_disk *disk = flags & kept ? disk_of(path) : NULL;
    shadow *known = disk ? shadow_of(disk, path) : NULL;
    if (disk) disk->users += 1;
    pthread_mutex_unlock(&lock);
    if (!disk) return real->xOpen(real, path, file, flags, out_flags);
    shim_file *own = (shim_file *)file;
    own->disk = disk;
    own->shadow = known;
    int code = real->xOpen(real, path, real_file(file), flags, out_flags);
    file->pMethods = real_file(file)->pMethods ? &shim_methods : NULL;
    // SQLite closes no file without methods.
    if (!file->pMethods) leave(disk);
    return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    lossy_disk *disk = disk_of(path);
    shadow *file = disk && !disk->is_cut ? find_shadow(disk, path) : NULL;
    if (file) {
        drop_pending(file);
        file->size = 0;
    }
    pthread_mutex_unlock(&lock);
    return real->xDelete(real, path, sync_folder);
}

// MARK: For tests

lossy_disk *lossy_disk_watch(const char *folder) {
    pthread_mutex_lock(&lock);
    if (!real) {
        real = sqlite3_vfs_find(NULL);
        shim = *real;
        shim.zName = "lossy-disk";
        shim.pNext = NULL;
        shim.szOsFile = real->szOsFile + (int)sizeof(shim_file);
        shim.xOpen = shim_open;
        shim.xDelete = shim_delete;
        sqlite3_vfs_register(&shim, 1);
    }
    lossy_disk *disk = calloc(1, sizeof *disk);
    disk->folder = strdup(folder);
    disk->users = 1;
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&lock);
    return disk;
}

void lossy_disk_release(lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    lossy_disk **place = &disks;
    while (*place != disk) place = &(*place)->next;
    *place = disk->next;
    pthread_mutex_unlock(&lock);
    leave(disk);
}

void lossy_disk_cut_at(lossy_disk *disk, int64_t operation, lossy_cut_kind kind, uint64_t seed, const char *target) {
    pthread_mutex_lock(&lock);
    disk->cut_at = disk->operations + operation;
    disk->cut_kind = kind;
    disk->cut_seed = seed;
    free(disk->cut_target);
    disk->cut_target = strdup(target);
    pthread_mutex_unlock(&lock);
}

bool lossy_disk_cut_now(lossy_disk *disk, lossy_cut_kind kind, uint64_t seed, const char *target) {
    pthread_mutex_lock(&lock);
    bool is_whole = cut(disk, kind, seed, target);
    pthread_mutex_unlock(&lock);
    return is_whole;
}

void lossy_disk_fail_sync(lossy_disk *disk, int64_t sync) {
    pthread_mutex_lock(&lock);
    disk->failing_sync = disk->syncs + sync;
    pthread_mutex_unlock(&lock);
}

void lossy_disk_fail_write(lossy_disk *disk, int64_t write) {
    pthread_mutex_lock(&lock);
    disk->failing_write = disk->writes + write;
    pthread_mutex_unlock(&lock);
}

bool lossy_disk_write(
    lossy_disk *disk, int descriptor, const char *path, const void *bytes, int64_t count, int64_t offset) {
    pthread_mutex_lock(&lock);
    bool lost = is_lost(disk);
    disk->writes += 1;
    bool is_full = disk->failing_write && disk->writes >= disk->failing_write;
    if (is_full) disk->has_failed = true;
    if (!lost && !is_full) {
        shadow *file = shadow_of(disk, path);
        size_t length = strlen(path);
        // A new file beside another one starts empty, whatever an earlier file of the same name contained.
        if (offset == 0 && length > 5 && strcmp(path + length - 5, ".part") == 0) {
            drop_pending(file);
            file->size = 0;
        }
        add_pending(file, offset, bytes, count);
    }
    pthread_mutex_unlock(&lock);
    return !lost && !is_full && pwrite(descriptor, bytes, (size_t)count, offset) == count;
}

bool lossy_disk_sync(lossy_disk *disk, const char *path) {
    pthread_mutex_lock(&lock);
    bool lost = is_lost(disk);
    disk->syncs += 1;
    bool fails = disk->failing_sync && disk->syncs == disk->failing_sync;
    shadow *file = shadow_of(disk, path);
    if (fails) {
        disk->has_failed = true;
        drop_pending(file);
    } else if (!lost) {
        sync_shadow(file);
    }
    pthread_mutex_unlock(&lock);
    return !lost && !fails;
}

bool lossy_disk_rename(lossy_disk *disk, const char *from, const char *to) {
    pthread_mutex_lock(&lock);
    bool lost = is_lost(disk);
    bool is_done = !lost && rename(from, to) == 0;
    if (is_done) {
        shadow *old = find_shadow(disk, to);
        // Only the name is taken over: the replaced content is lost.
        if (old) {
            free(old->path);
            old->path = strdup("");
        }
        shadow *file = shadow_of(disk, from);
        free(file->path);
        file->path = strdup(to);
    }
    pthread_mutex_unlock(&lock);
    return is_done;
}

bool lossy_disk_rewrite(lossy_disk *disk, const char *path) {
    pthread_mutex_lock(&lock);
    shadow *file = find_shadow(disk, path);
    bool lost = is_lost(disk);
    if (file && !lost) {
        drop_pending(file);
        read_whole(file);
    }
    pthread_mutex_unlock(&lock);
    return !lost;
}

void lossy_disk_repair(lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    disk->cut_at = 0;
    disk->failing_sync = 0;
    disk->failing_write = 0;
    disk->has_failed = false;
    pthread_mutex_unlock(&lock);
}

bool lossy_disk_is_cut(const lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    bool is_cut = disk->is_cut;
    pthread_mutex_unlock(&lock);
    return is_cut;
}

int64_t lossy_disk_syncs(const lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    int64_t syncs = disk->syncs;
    pthread_mutex_unlock(&lock);
    return syncs;
}

int64_t lossy_disk_operations(const lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    int64_t operations = disk->operations;
    pthread_mutex_unlock(&lock);
    return operations;
}

bool lossy_disk_has_failed(const lossy_disk *disk) {
    pthread_mutex_lock(&lock);
    bool has_failed = disk->has_failed;
    pthread_mutex_unlock(&lock);
    return has_failed;
}
