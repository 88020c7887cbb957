import Fixtures
import Foundation

/// A file system of a few megabytes in memory. It can be filled and made read-only.
final class SmallDisk: Sendable {
    let folder: TemporaryFolder

    /// Mounting needs root. Without root, tests that need a small disk are skipped with a message.
    static let isAvailable = geteuid() == 0

    init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=777", "payout-test", folder.url.path)
    }

    deinit {
        do {
            try Self.run("umount", "-l", folder.url.path)
        } catch {
            // The disk is in memory and goes away with the machine.
        }
    }

    func path(_ name: String) -> String { folder.path(name) }

    /// Fills the disk up to the given number of megabytes, even while others write to it.
    func fill(leaving megabytes: Int = 0) throws {
        let filler = unsafe open(path("filler"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(filler) }
        let block = [UInt8](repeating: 0, count: 4096)
        while freeBytes > megabytes << 20 {
            let written = unsafe block.withUnsafeBytes { unsafe write(filler, $0.baseAddress, $0.count) }
            if written < 0, errno == ENOSPC { return }
        }
    }

    private var freeBytes: Int {
        var status = statvfs()
        guard unsafe statvfs(folder.url.path, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    func makeRoom() throws {
        try FileManager.default.removeItem(atPath: path("filler"))
    }

    func makeReadOnly(_ isReadOnly: Bool) throws {
        try Self.run("mount", "-o", "remount,\(isReadOnly ? "ro" : "rw")", folder.url.path)
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}
