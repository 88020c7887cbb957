package import Foundation

/// A folder for one test. It is removed with this value.
package final class TemporaryFolder: Sendable {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("payout-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            // A folder that a test left read-only stays in the system's temporary folder.
        }
    }

    package func path(_ name: String) -> String {
        url.appendingPathComponent(name).path
    }
}
