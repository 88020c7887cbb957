import CLinuxFiles
import Foundation
import Operations
import ProgramSettings

/// Checks where the ledger's files are, and whose they are.
extension Diagnosis {
    /// The file systems of other machines, by the kernel's numbers (statfs(2)). Their locks do not hold everywhere.
    private static let networkFileSystems: [UInt32: String] = [
        0x6969: "NFS", 0x517B: "SMB", 0xFE53_4D42: "SMB", 0xFF53_4D42: "CIFS", 0x0102_1997: "9P", 0x6573_5546: "FUSE",
    ]

    mutating func addLedgerFiles() {
        let ledger = settings.ledger.path
        if let name = Self.networkFileSystems[unsafe file_system_of(ledger)] {
            warn("ledger", "\(ledger) is on \(name): its locks may not hold. Keep the ledger on a disk of this machine")
        }
        guard let owner = Self.owner(of: ledger) else { return }
        // A command that root ran by hand leaves files that the service cannot open.
        for path in ["-wal", "-shm", ".writer", ".runner", ".audit", ".desk"].map({ ledger + $0 }) {
            guard let found = Self.owner(of: path), found != owner else { continue }
            fault(
                "lock", .ledger,
                "\(path) belongs to another account than the ledger: chown --reference \(ledger) \(path)")
        }
    }

    private static func owner(of path: String) -> uid_t? {
        var file = stat()
        return unsafe lstat(path, &file) == 0 ? file.st_uid : nil
    }
}
