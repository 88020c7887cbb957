import Foundation
import Payouts

/// Checks the free disk space beside the ledger. It must suffice to write the answers to all requests in flight.
package struct DiskSpace: Sendable {
    private let path: String
    private let reserveBytes: Int64
    private let freeBytes: @Sendable () -> Int64?

    /// Makes a check.
    /// - Parameter freeBytes: returns the free space, or `nil` if it is not known. By default it asks the file system.
    package init(path: String, reserveBytes: Int64 = 16 << 20, freeBytes: (@Sendable () -> Int64?)? = nil) {
        self.path = path
        self.reserveBytes = reserveBytes
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        self.freeBytes =
            freeBytes ?? {
                var status = statvfs()
                guard unsafe statvfs(folder, &status) == 0 else { return nil }
                return Int64(status.f_bavail) * Int64(status.f_frsize)
            }
    }

    /// Checks the free space.
    /// - Throws: ``LedgerError/diskAlmostFull(path:freeBytes:reserveBytes:)``
    package func check() throws(LedgerError) {
        if let free = freeBytes(), free < reserveBytes {
            throw .diskAlmostFull(path: path, freeBytes: free, reserveBytes: reserveBytes)
        }
    }
}
