#ifndef LOSSY_DISK_H
#define LOSSY_DISK_H

#include <stdbool.h>
#include <stdint.h>

// A disk under SQLite that can lose power. It sits between SQLite and the system for the databases and journals of one
// folder. For each file it knows what was synced and what was only written. All other files go directly to the system.
//
// The system keeps everything that a killed process wrote. Only a power cut reveals a missing fsync.
typedef struct lossy_disk lossy_disk;

typedef enum {
    // The process dies: everything written is kept.
    LOSSY_KILL,
    // The power fails: each unsynced write is kept, lost, or torn at a sector, as the seed decides.
    LOSSY_POWER,
} lossy_cut_kind;

// Watches the files of `folder`, an absolute path without links. The first call installs the shim before SQLite's own
// VFS.
lossy_disk *lossy_disk_watch(const char *folder);

// Stops watching the folder. Its databases must be closed.
void lossy_disk_release(lossy_disk *disk);

// Cuts just before the n-th write or sync from now (1 is the next). The remaining data is written to `target`, and from
// then on every write and sync here fails.
void lossy_disk_cut_at(lossy_disk *disk, int64_t operation, lossy_cut_kind kind, uint64_t seed, const char *target);

// Cuts at once. Returns false if a file of `target` cannot be written.
bool lossy_disk_cut_now(lossy_disk *disk, lossy_cut_kind kind, uint64_t seed, const char *target);

// Makes the n-th sync or write from now fail, with EIO or with a full disk. A failed sync loses its data, as on Linux:
// the next sync reports success.
void lossy_disk_fail_sync(lossy_disk *disk, int64_t sync);
void lossy_disk_fail_write(lossy_disk *disk, int64_t write);

// Makes the written content of a file durable, even if a failed sync lost it: the caller wrote its bytes again and
// synced them. Returns false if the disk is cut.
bool lossy_disk_rewrite(lossy_disk *disk, const char *path);

// Write to, sync or rename a file that SQLite does not know, with the same faults as SQLite's own files. They return
// false if the disk is cut, full or failing. A rename is durable at once.
bool lossy_disk_write(lossy_disk *disk, int descriptor, const char *path, const void *bytes, int64_t count, int64_t offset);
bool lossy_disk_sync(lossy_disk *disk, const char *path);
bool lossy_disk_rename(lossy_disk *disk, const char *from, const char *to);

// Removes every planned cut or failure, and forgets past ones.
void lossy_disk_repair(lossy_disk *disk);

bool lossy_disk_is_cut(const lossy_disk *disk);
// Returns the number of syncs or of writes so far.
int64_t lossy_disk_syncs(const lossy_disk *disk);
int64_t lossy_disk_operations(const lossy_disk *disk);
// Returns whether a planned failure has happened.
bool lossy_disk_has_failed(const lossy_disk *disk);

#endif
