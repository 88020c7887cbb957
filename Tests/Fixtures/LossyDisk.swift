package import Bookkeeping
import CLossyDisk
import Foundation

/// A disk under the ledgers of one folder that can be full, fail, or lose power. See `lossy_disk.h`.
@safe package final class LossyDisk: @unchecked Sendable {
    // The shim's own lock guards it.
    private let disk: OpaquePointer

    package enum Cut: Sendable, CaseIterable {
        /// The process dies; the system keeps what it wrote.
        case kill
        /// The machine dies. Everything that was not synced may be lost or torn.
        case power

        fileprivate var kind: lossy_cut_kind { self == .kill ? LOSSY_KILL : LOSSY_POWER }
    }

    /// Makes the disk. Make it before a ledger opens in the folder, and keep it until the ledger is closed.
    package init(_ folder: TemporaryFolder) {
        unsafe disk = unsafe lossy_disk_watch(folder.url.path)
    }

    deinit {
        unsafe lossy_disk_release(disk)
    }

    /// Cuts the power just before a write or sync. 1 is the next one.
    package func cut(_ cut: Cut, atOperation operation: Int, seed: UInt64, leaving target: TemporaryFolder) {
        unsafe lossy_disk_cut_at(disk, Int64(operation), cut.kind, seed, target.url.path)
    }

    package func cutNow(_ cut: Cut, seed: UInt64, leaving target: TemporaryFolder) -> Bool {
        unsafe lossy_disk_cut_now(disk, cut.kind, seed, target.url.path)
    }

    /// Fails a sync, as a disk that loses data does. 1 is the next one.
    package func failSync(_ sync: Int) {
        unsafe lossy_disk_fail_sync(disk, Int64(sync))
    }

    /// Fails a write and all later ones, as a full disk does. 1 is the next one.
    package func fill(atWrite write: Int) {
        unsafe lossy_disk_fail_write(disk, Int64(write))
    }

    /// Rewrites the log of a ledger on this disk through SQLite, because the shim sees only the writes of SQLite.
    package var journal: JournalFile {
        JournalFile { [self] path in
            guard unsafe lossy_disk_rewrite(disk, path) else { throw CocoaError(.fileWriteUnknown) }
        }
    }

    /// Writes the send journal of a ledger on this disk, in the order of the ledger's own writes. So a seed determines
    /// the whole run.
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
