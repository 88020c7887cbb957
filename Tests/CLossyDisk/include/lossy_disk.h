#ifndef LOSSY_DISK_H
#define LOSSY_DISK_H

#include <stdbool.h>
#include <stdint.h>

// A disk under SQLite that can lose power. It stands between SQLite and the system for the databases and journals of one
// folder, and knows of each file what was synced and what was only written. All other files go straight to the system.
//
// A process that is killed leaves all that it wrote, for the system still has it; only a power cut shows a missing fsync.
typedef struct lossy_disk lossy_disk;

typedef enum {
    // The process dies: everything written is there.
    LOSSY_KILL,
    // The power fails: of what was not synced each write is there, lost, or torn at a sector, as the seed says.
    LOSSY_POWER,
} lossy_cut_kind;

// Watches the files of `folder`, an absolute path without links. The first call puts the shim before SQLite's own VFS.
lossy_disk *lossy_disk_watch(const char *folder);

// Forgets the folder. Its databases must be closed.
void lossy_disk_release(lossy_disk *disk);

// Cuts just before the n-th write or sync from now (1 is the next): what is left is put into `target`, and from then on
// every write and sync here fails.
void lossy_disk_cut_at(lossy_disk *disk, int64_t operation, lossy_cut_kind kind, uint64_t seed, const char *target);

// The same at this moment. False where a file of `target` cannot be written.
bool lossy_disk_cut_now(lossy_disk *disk, lossy_cut_kind kind, uint64_t seed, const char *target);

// Lets the n-th sync or write from now fail, with EIO or with a full disk. A sync that fails loses what it was
// to make durable, as Linux does: the next sync says that all is well.
void lossy_disk_fail_sync(lossy_disk *disk, int64_t sync);
void lossy_disk_fail_write(lossy_disk *disk, int64_t write);

// What is written of a file, by whatever failed sync it was lost, is durable from now on: its bytes were written anew and
// synced. False where the disk is cut.
bool lossy_disk_rewrite(lossy_disk *disk, const char *path);

// Writes to a file that SQLite does not know of, syncs it, or puts it in another's place, as SQLite's own files are written:
// false where the disk is cut, full or failing. A rename is durable at once.
bool lossy_disk_write(lossy_disk *disk, int descriptor, const char *path, const void *bytes, int64_t count, int64_t offset);
bool lossy_disk_sync(lossy_disk *disk, const char *path);
bool lossy_disk_rename(lossy_disk *disk, const char *from, const char *to);

// No planned cut or failure any more, and none remembered.
void lossy_disk_repair(lossy_disk *disk);

bool lossy_disk_is_cut(const lossy_disk *disk);
// Syncs and writes so far.
int64_t lossy_disk_syncs(const lossy_disk *disk);
int64_t lossy_disk_operations(const lossy_disk *disk);
// Whether a planned failure has come about.
bool lossy_disk_has_failed(const lossy_disk *disk);

#endif
