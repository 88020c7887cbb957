package import Foundation

/// The files of this package that tests read.
package enum Checkout {
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// - Parameter path: the path from the root, such as `docs/sandbox.md`.
    package static func file(_ path: String) -> URL {
        root.appendingPathComponent(path)
    }
}
