package import Bookkeeping
import CLossyDisk
import Foundation

/// A disk under the ledgers of one folder that can be full, fail, or lose power. See `lossy_disk.h`.
@safe package final class LossyDisk: @unchecked Sendable {
    // Guarded by the shim's own lock.
    private let disk: OpaquePointer

    package enum Cut: Sendable, CaseIterable {
        /// The process dies; the system keeps what it wrote.
        case kill
        /// The machine dies; of what was not synced anything may be lost or torn.
        case power

        fileprivate var kind: lossy_cut_kind { self == .kill ? LOSSY_KILL : LOSSY_POWER }
    }

    /// To be made before a ledger is opened in the folder, and kept until it is closed.
    package init(_ folder: TemporaryFolder) {
        unsafe disk = unsafe lossy_disk_watch(folder.url.path)
    }

    deinit {
        unsafe lossy_disk_release(disk)
    }

    /// Cuts just before the given write or sync, counted from now, 1 being the next.
    package func cut(_ cut: Cut, atOperation operation: Int, seed: UInt64, leaving target: TemporaryFolder) {
        unsafe lossy_disk_cut_at(disk, Int64(operation), cut.kind, seed, target.url.path)
    }

    package func cutNow(_ cut: Cut, seed: UInt64, leaving target: TemporaryFolder) -> Bool {
        unsafe lossy_disk_cut_now(disk, cut.kind, seed, target.url.path)
    }

    /// Fails the given sync, counted from now, as a disk does that loses what it was to keep.
    package func failSync(_ sync: Int) {
        unsafe lossy_disk_fail_sync(disk, Int64(sync))
    }

    /// Fails the given write, counted from now, and all that follow, as a full disk does.
    package func fill(atWrite write: Int) {
        unsafe lossy_disk_fail_write(disk, Int64(write))
    }

    /// How a ledger on this disk has its log written anew: the shim stands below SQLite alone and sees no other writes.
    package var journal: JournalFile {
        JournalFile { [self] path in
            guard unsafe lossy_disk_rewrite(disk, path) else { throw CocoaError(.fileWriteUnknown) }
        }
    }

    /// How the send journal of a ledger on this disk is written: in step with the ledger, so that a seed is a whole run.
    package var sends: JournalDisk {
        JournalDisk(
            write: { [self] descriptor, path, bytes, offset in
                guard unsafe lossy_disk_write(disk, descriptor, path, bytes, Int64(bytes.count), offset) else {
                    throw CocoaError(.fileWriteOutOfSpace)
                }
            },
            sync: { [self] _, path in
                guard unsafe lossy_disk_sync(disk, path) else { throw CocoaError(.fileWriteUnknown) }
            },
            rename: { [self] old, new in
                guard unsafe lossy_disk_rename(disk, old, new) else { throw CocoaError(.fileWriteUnknown) }
            }, isOverlapped: false)
    }

    /// The disk works again.
    package func repair() {
        unsafe lossy_disk_repair(disk)
    }

    package var isCut: Bool { unsafe lossy_disk_is_cut(disk) }
    package var hasFailed: Bool { unsafe lossy_disk_has_failed(disk) }
    package var syncs: Int { unsafe Int(lossy_disk_syncs(disk)) }
    package var operations: Int { unsafe Int(lossy_disk_operations(disk)) }
}
