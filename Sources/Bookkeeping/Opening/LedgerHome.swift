import Foundation

/// Where a ledger was last used: the file's path, and the machine.
package struct LedgerHome: Hashable, Sendable {
    package let path: String
    package let machine: String

    package init(path: String, machine: String) {
        self.path = path
        self.machine = machine
    }

    /// Names a ledger's place on this machine. A machine without `/etc/machine-id` is told by paths alone.
    package static func here(_ path: String) -> LedgerHome {
        let bytes = FileManager.default.contents(atPath: "/etc/machine-id") ?? Data()
        return LedgerHome(
            path: path, machine: String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
