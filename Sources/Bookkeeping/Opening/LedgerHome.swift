import Foundation

/// The place where a ledger was last used: the path of the file, and the machine.
package struct LedgerHome: Hashable, Sendable {
    package let path: String
    package let machine: String

    package init(path: String, machine: String) {
        self.path = path
        self.machine = machine
    }

    /// Returns a ledger's place on this machine. If there is no `/etc/machine-id`, only the path counts.
    package static func here(_ path: String) -> LedgerHome {
        let bytes = FileManager.default.contents(atPath: "/etc/machine-id") ?? Data()
        return LedgerHome(
            path: path, machine: String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
